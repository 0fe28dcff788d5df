import { expect, test } from 'vitest'
import { adviceWith } from './advice.ts'

const flags: Record<string, string> = { user: '--user NAME', agent: '--agent' }
const withFlags = (advice: string) =>
  adviceWith(advice, (parameter, value) =>
    value ? flags[parameter] && `${flags[parameter]} ${value}` : flags[parameter],
  )

test('parameters in parentheses become what a host calls them', () => {
  expect(withFlags('Name a test user (user), or use Paste (agent paste).')).toBe(
    'Name a test user (--user NAME), or use Paste (--agent paste).',
  )
})

test('other parentheses stay', () => {
  for (const text of ['It is empty (status 200).', 'See (RFC 6749 §6) and ().', '(password)', 'f(user']) {
    expect(withFlags(text)).toBe(text)
  }
})
