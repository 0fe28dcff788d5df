import { expect, test } from 'vitest'
import { createMasker } from './create-masker.ts'
import { maskProse } from './mask-prose.ts'

const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl'

test('a token in prose is masked wherever it stands, and equal ones look equal', () => {
  const masker = createMasker({ key: new Uint8Array(32) })
  const text = maskProse(
    masker,
    `Kim sent ${jwt}, twice: (${jwt}). Also Bearer abc123456789xyz and {"client_secret":"s3cr3tvalue1"}.`,
  )
  expect(text).not.toMatch(/eyJ|abc123456789xyz|s3cr3tvalue1/)
  expect(new Set(text.match(/●●●● #[0-9a-f]{32}/g))).toHaveLength(3)
  expect(text).toContain('Kim sent ●●●●')
  expect(maskProse(masker, 'nothing to hide, eyJ is no token')).toBe('nothing to hide, eyJ is no token')
})

test('a long text full of beginnings is masked in time', () => {
  const masker = createMasker({ key: new Uint8Array(32) })
  expect(maskProse(masker, 'eyJ.'.repeat(50_000))).toHaveLength(200_000)
})
