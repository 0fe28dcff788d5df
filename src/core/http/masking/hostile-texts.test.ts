import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createMasker } from './create-masker.ts'

const key = new Uint8Array(32)
const size = 300_000
const fill = (piece: string) => piece.repeat(Math.ceil(size / piece.length))

// Texts like these take minutes with a careless expression; the time limit of a test is what they are held to.
const pieces = [
  ['=', '&', '"', "'", '\\', '\\"', '<', '<input', '%25', 'a', 'a-', ' ', '?', ';', '&amp;', '%3D', '\\u0026'],
  ['name="code" ', `name='code' value="`, 'value=', 'token=', '?token=', '?token%3D', '&token=a1b2c3d4e5', 'token.'],
  ['"token":"', `token:'`, '\\"token\\":\\"', '"password":["a",', '"otp":1,', '"token"', '[token]=', '&amp;code='],
  ['Bearer ', 'Basic ', 'Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ ', '"authorization":"Basic ', '{"code":"1234567a"},'],
  ['token="\\\\', 'token%2525253D', 'http://a:', 'http://a:b@', 'a=b;', '"a":', "'a':", 'a:'],
].flat()

describe('texts made to be slow to mask', () => {
  it.each(pieces)('%j over and over', (piece) => {
    const masker = createMasker({ key })
    masker.learn('a-secret-of-this-run')
    const text = `value ${fill(piece)} a-secret-of-this-run`
    expect(masker.maskBody(text, 'text/html')).not.toContain('secret-of')
    expect(masker.maskBody(text, 'application/x-www-form-urlencoded')).not.toContain('secret-of')
    expect(masker.maskUrl(text)).not.toContain('secret-of')
    for (const name of ['cookie', 'authorization', 'location', 'x-any'])
      expect(masker.maskHeaders([[name, text]])[0]![1]).not.toContain('secret-of')
  })

  it.each([
    ['"authorization":"a', ' ', 'b"'],
    ['"token"', ' ', ':"x"'],
    ['name', ' ', '=code'],
    ['Bearer', ' ', 'x'],
  ])('%s, very many %j, %s', (before, piece, after) => {
    const text = before + fill(piece) + after
    expect(createMasker({ key }).maskBody(text, 'text/html').length).toBeGreaterThan(0)
  })

  it.each([
    ['a'.repeat(100_000) + '!', 'a'],
    ['a'.repeat(20) + '!', 'a'],
    ['%'.repeat(4000), '%25'],
    ['\\'.repeat(40), '\\'.repeat(39) + 'x'],
    ['\\"'.repeat(30) + 'Z', '\\\\\\"'.repeat(30) + 'Y'],
    ['-+/-'.repeat(20) + '!', '-+/-'],
    ['&amp;'.repeat(50) + '!', '&amp;amp;'],
  ])('a secret that nearly matches everywhere: %#', (secret, piece) => {
    const masker = createMasker({ key })
    masker.learn(secret)
    expect(masker.maskText(`${fill(piece)} ${secret}`)).not.toContain(secret)
  })

  it('a server that names thousands of tokens has all of them masked', () => {
    const tokens = Array.from({ length: 20_000 }, () => randomBytes(16).toString('hex'))
    const masked = createMasker({ key }).maskBody(JSON.stringify(tokens.map((token) => ({ token }))), '')
    // Fingerprints are as long as the tokens: whatever is no fingerprint is a token.
    expect(masked.match(/(?<!#)[0-9a-f]{32}/)).toBeNull()
    expect(masked.match(/#[0-9a-f]{32}/g)).toHaveLength(tokens.length)
  })
})

describe('random secrets in random places', () => {
  // A small generator with a fixed seed: the same cases on every run.
  let state = 42
  const next = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  const alphabet = Array.from('abcXYZ0189-._~+/=&?%"\'<>\\ \n#;:,!()[]{}|@$^`*é中🔑')
  const random = () => Array.from({ length: 8 + next(24) }, () => alphabet[next(alphabet.length)]).join('')
  const encoders: ((text: string) => string)[] = [
    (text) => text,
    encodeURIComponent,
    (text) => new URLSearchParams({ a: text }).toString().slice(2),
    (text) => JSON.stringify(text).slice(1, -1),
    (text) => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`),
    (text) => text.replace(/[^a-z0-9]/giu, (char) => `&#x${char.codePointAt(0)!.toString(16)};`),
    (text) => Buffer.from(text).toString('base64'),
    (text) => Buffer.from(`client:${text}`).toString('base64url'),
  ]
  const around: [string, string][] = [
    ['', ''],
    ['{"x":"', '","y":1}'],
    ['<b>', '</b>'],
    ['x=', '&y=2'],
    ['a b ', ' c'],
  ]

  it('are never readable afterwards, and masking twice changes nothing', () => {
    for (let round = 0; round < 3000; round++) {
      const secret = random()
      const masker = createMasker({ key })
      masker.learn(secret)
      // one encoder, or two on one another
      const encode = [encoders[next(encoders.length)]!, encoders[next(6)]!].slice(0, 1 + next(2))
      const encoded = encode.reduce((text, encoder) => encoder(text), secret)
      const [before, after] = around[next(around.length)]!
      const masked = masker.maskText(before + encoded + after)
      const place = JSON.stringify({ round, secret, encoded, masked })
      expect(masked.startsWith(before) && masked.endsWith(after), place).toBe(true)
      expect(masked.slice(before.length, masked.length - after.length), place).toMatch(/^(.{0,6}●●●● #[0-9a-f]{32})$/s)
      expect(masker.maskText(masked), place).toBe(masked)
    }
  })
})
