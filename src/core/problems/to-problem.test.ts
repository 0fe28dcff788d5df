import { describe, expect, it } from 'vitest'
import { problem } from './problem-error.ts'
import { toProblem } from './to-problem.ts'

describe('toProblem', () => {
  it('finds our own problem however deep a library wrapped it', () => {
    const inner = problem('connection-refused', 'x')
    const wrapped = new Error('something went wrong', { cause: new TypeError('fetch failed', { cause: inner }) })
    expect(toProblem(wrapped)).toBe(inner.problem)
  })

  it('names library refusals by their code', () => {
    const refused = Object.assign(new Error('unexpected JWT claim value encountered'), {
      code: 'OAUTH_JWT_CLAIM_COMPARISON_FAILED',
    })
    expect(toProblem(refused)).toMatchObject({ code: 'id-token-invalid' })
  })

  it('calls an abort cancelled', () => {
    expect(toProblem(AbortSignal.abort().reason)).toMatchObject({ code: 'cancelled' })
  })

  it('never repeats the text of an error nobody foresaw', () => {
    const found = toProblem(new RangeError('the secret is hunter2'))
    expect(found.code).toBe('internal')
    expect(JSON.stringify(found)).toContain('RangeError')
    expect(JSON.stringify(found)).not.toContain('hunter2')
    expect(toProblem('a string').code).toBe('internal')
    expect(toProblem(undefined).code).toBe('internal')
  })
})
