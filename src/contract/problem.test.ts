import { describe, expect, it } from 'vitest'
import { exitCodeOf, problemOf, worstExitCode } from './problem.ts'

describe('exit codes', () => {
  it.each([
    ['token-request-refused', 1],
    ['file-invalid', 2],
    ['sign-in-timeout', 3],
    ['connection-refused', 4],
    ['internal', 5],
    ['cancelled', 130],
  ] as const)('%s ends with %i', (code, exit) => {
    expect(exitCodeOf(problemOf(code, 'x'))).toBe(exit)
  })

  it('takes the worst of several and 0 for none', () => {
    expect(worstExitCode([1, 4, 2])).toBe(2)
    expect(worstExitCode([1, 130, 5])).toBe(130)
    expect(worstExitCode([0, 0])).toBe(0)
    expect(exitCodeOf(undefined)).toBe(0)
  })
})
