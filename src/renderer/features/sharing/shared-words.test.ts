import { describe, expect, it } from 'vitest'
import { secretWords, sharedFile } from './shared-words.ts'

const contents = { runs: [], personal: [], hosts: [], leftOut: [], bytes: 0 }

describe('what is handed on', () => {
  it('is named after its runs', () => {
    expect(sharedFile('capsule', { count: 1, number: 12 })).toEqual({ name: 'grantlab-run-12.html', type: 'text/html' })
    expect(sharedFile('har', { count: 3, number: 12 }).name).toBe('grantlab-3-runs.har')
    expect(sharedFile('har', { count: 1 }).name).toBe('grantlab-run.har')
  })

  it('says how many secrets stand in it as marks', () => {
    expect(secretWords({ ...contents, secrets: 0 })).toBe('There was no secret in it.')
    expect(secretWords({ ...contents, secrets: 1 })).toContain('1 secret, each')
    expect(secretWords({ ...contents, secrets: 1200 })).toContain('1,200 secrets')
  })
})
