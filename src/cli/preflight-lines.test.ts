import { expect, test } from 'vitest'
import type { ClientRecord } from '../contract/client-record.ts'
import type { JsonObject } from '../contract/json.ts'
import { emptyRun } from '../contract/run.ts'
import { createPaint } from './paint.ts'
import { preflightLines } from './preflight-lines.ts'

const linesFor = (parameters: JsonObject, client: Partial<ClientRecord>, operation = 'authorization-code') =>
  preflightLines(
    {
      ...emptyRun('r'),
      operation,
      parameters,
      known: [
        {
          source: 'read',
          readAt: '2026-01-01T00:00:00.000Z',
          vendor: 'x',
          client: { client_id: 'c', further: {}, ...client },
        },
      ],
    },
    createPaint({}),
  ).map(({ painted }) => painted)

test('a redirect URI that is not registered stands above the nearest one, with a mark under the difference', () => {
  const lines = linesFor(
    { redirect_uri: 'https://app.test/callback' },
    { redirect_uris: ['https://app.test/callback/'], grant_types: ['authorization_code'] },
  )
  const at = lines.findIndex((one) => one.startsWith('    wanted'))
  expect(lines[at - 1]).toMatch(/^ {2}will fail {2}redirect URI: /)
  expect(lines.slice(at, at + 3)).toEqual([
    '    wanted      https://app.test/callback',
    '    registered  https://app.test/callback/',
    '                                         ^',
  ])
})

test('what fits is one line; nothing known is nothing', () => {
  const client: Partial<ClientRecord> = {
    grant_types: ['client_credentials'],
    scope: 'a b',
    token_endpoint_auth_method: 'client_secret_basic',
  }
  const parameters = { scope: 'a', client_secret: '●●●●', client_auth: 'client_secret_basic' }
  expect(linesFor(parameters, client, 'client-credentials')).toEqual(['  fits what is registered'])
  expect(preflightLines(emptyRun('r'), createPaint({}))).toEqual([])
})

test("a stranger's address acts on nothing", () => {
  const lines = linesFor({ redirect_uri: 'https://app.test/a' }, { redirect_uris: ['https://app.test/\u001b[2J'] })
  expect(lines.join('\n')).not.toContain('\u001b')
})
