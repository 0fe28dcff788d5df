import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { translatePlainChallenge } from './plain-pkce.ts'

const challenge = 'a'.repeat(43)
const hashed = createHash('sha256').update(challenge).digest('base64url')

test.each(['&code_challenge_method=plain', ''])('translates a plain challenge (%s)', (method) => {
  const query = new URLSearchParams(translatePlainChallenge(`state=a%20b&code_challenge=${challenge}${method}`))
  expect(Object.fromEntries(query)).toEqual({
    state: 'a b',
    code_challenge: hashed,
    code_challenge_method: 'S256',
  })
})

test.each([
  `code_challenge=${challenge}&code_challenge_method=S256`,
  `code_challenge=${challenge}&code_challenge_method=S512`,
  `code_challenge=${challenge}&code_challenge=${challenge}`,
  `code_challenge=${challenge}&code_challenge_method=plain&code_challenge_method=plain`,
  'code_challenge_method=plain',
  'state=%22',
])('leaves %s as it is', (query) => expect(translatePlainChallenge(query)).toBe(query))

test('leaves a malformed challenge for the server to refuse', () => {
  const query = new URLSearchParams(translatePlainChallenge('code_challenge=short&code_challenge_method=plain'))
  expect(query.get('code_challenge')).toBe('short')
})
