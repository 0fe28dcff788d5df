import { expect, test } from 'vitest'
import { adviceText } from './advice-lines.ts'

test.each([
  ['Name a test user (user) and its password (password)', '--user TEXT|--password-env VARIABLE'],
  ['Sign in with Paste (agent paste)', '--agent paste'],
  ['Or give a refresh token yourself (refresh_token).', '--refresh-token-env VARIABLE'],
  ['Replace it on purpose (replace).', '--replace'],
  ['Choose another workspace (workspace).', '--workspace DIR'],
  ['Name another folder (data_dir).', '--data-dir DIR'],
])('%s', (advice, flags) => {
  for (const flag of flags.split('|')) expect(adviceText(advice)).toContain(`(${flag})`)
})

test('what is no parameter stays', () => {
  expect(adviceText('Look at it (status 500) (there).')).toBe('Look at it (status 500) (there).')
})
