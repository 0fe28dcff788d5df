import { expect, test } from 'vitest'
import { problemOf } from '../contract/problem.ts'
import type { SharedContents } from '../contract/sharing.ts'
import type { CliProcess } from './cli-process.ts'
import { exitCodeOfResult, printResult } from './print-result.ts'

function bothOf(isTTY: boolean, id: string, result: unknown): { out: string; err: string } {
  const texts = { out: '', err: '' }
  const stdout = { isTTY, write: (more: string) => (texts.out += more) }
  const stderr = { isTTY, write: (more: string) => (texts.err += more) }
  const cli = { stdout, stderr, environment: { NO_COLOR: '1' }, now: () => new Date(0) }
  printResult(cli as unknown as CliProcess, id, result)
  return texts
}
const printed = (isTTY: boolean, id: string, result: unknown) => bothOf(isTTY, id, result).out

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

const contents: SharedContents = {
  runs: [{ runId: 'r1', title: 'Sign in', startedAt: 'today', outcome: 'failed', exchanges: 1, findings: 2 }],
  secrets: 3,
  personal: [
    { kind: 'email', found: 2, isMasked: true },
    { kind: 'phone', found: 0, isMasked: true },
    { kind: 'name', found: 1, isMasked: false },
  ],
  hosts: ['as.test\u001b[2J'],
  leftOut: [{ what: 'body of request 1', why: 'It is long.' }],
  bytes: 12,
}

test('what is handed on tells what is in it, and where it was written', () => {
  expect(printed(false, 'capsule make', { contents, file: '/srv/a.html' }).split('\n')).toEqual([
    'Sign in  failed, 1 request, 2 findings, today  r1',
    '  secrets        3, each as a mark of this file alone',
    '  personal       E-mail addresses: 2 masked',
    '  personal       Names: 1 in clear',
    '  hosts          as.test\\e[2J',
    '  left out       body of request 1: It is long.',
    '  12 bytes',
    'Written to /srv/a.html',
    '',
  ])
})

test('without a file it goes into a pipe as it is, and not onto a terminal', () => {
  for (const [id, made] of [
    ['capsule make', { contents, html: '<p>\u001b' }],
    ['har make', { contents, text: '<p>\u001b' }],
  ] as const) {
    const piped = bothOf(false, id, made)
    expect(piped.out).toBe('<p>\u001b')
    expect(piped.err).toContain('12 bytes')
    const shown = bothOf(true, id, made)
    expect(shown.out).not.toContain('<p>')
    expect(shown).toMatchObject({ out: expect.stringContaining('--file FILE') as string, err: '' })
  }
})

test('a ticket stands alone, harmless to a terminal', () => {
  const result = { markdown: '**run**\n\u009b2J\n' }
  expect(printed(false, 'share ticket', result)).toBe(result.markdown)
  expect(printed(true, 'share ticket', result)).toBe('**run**\n\\u{9b}2J\n')
})

test('a text in which nothing was found ends with what kept it from being read', () => {
  const problems = [problemOf('nothing-recognised', 'Nothing stands in it.')]
  expect(exitCodeOfResult('token inspect', { tokens: [], problems })).toBe(2)
  expect(exitCodeOfResult('token inspect', { tokens: [{}], problems })).toBe(0)
  expect(exitCodeOfResult('token inspect', { tokens: [], problems: [] })).toBe(0)
})
