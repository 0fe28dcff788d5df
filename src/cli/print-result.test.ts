import { expect, test } from 'vitest'
import type { CliProcess } from './cli-process.ts'
import { printResult } from './print-result.ts'

function printed(isTTY: boolean, id: string, result: unknown): string {
  let text = ''
  const stdout = { isTTY, write: (more: string) => (text += more) }
  printResult({ stdout, environment: { NO_COLOR: '1' } } as unknown as CliProcess, id, result)
  return text
}

test('a key is printed as files have it, and harmless to a terminal', () => {
  const pem = '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n'
  const result = { jwk: { kty: 'EC', kid: 'a\u009b2J' }, pem }
  expect(printed(false, 'keys show', result)).toBe(`${JSON.stringify(result.jwk, null, 2)}\n${pem}`)
  const shown = printed(true, 'keys show', result)
  expect(shown).toContain(pem)
  expect(shown).not.toContain('\u009b')
  expect(printed(false, 'keys show', { jwk: { kty: 'oct' }, pem: null })).toBe('{\n  "kty": "oct"\n}\n')
})

test('of keys that were found all are counted', () => {
  const text = printed(false, 'keys find', { total: 40_000, keys: [{ index: 7, kty: 'EC', kid: 'k7' }] })
  expect(text).toMatch(/index +kty +kid\n7 +EC +k7\n40000 in all\n/)
})
