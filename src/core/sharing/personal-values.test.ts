import { describe, expect, it } from 'vitest'
import { everyEncoding, leaksIn } from '../../../tests/support/every-encoding.ts'
import type { PersonalKind } from '../../contract/sharing.ts'
import type { TextPlace } from './find-personal.ts'
import { createPersonalValues } from './personal-values.ts'

const key = new Uint8Array(32).fill(3)

/** Masks texts as one thing that is handed on. */
function masked(texts: [string, TextPlace?][], include: PersonalKind[] = [], excluded: string[] = []): string[] {
  const values = createPersonalValues(key, include)
  for (const one of excluded) values.exclude(one)
  for (const [text, place] of texts) values.learn(text, place)
  return texts.map(([text, place]) => values.mask(text, place).replaceAll(/(‹\w+ #)[0-9a-f]+›/g, '$1›'))
}
const one = (text: string, place?: TextPlace) => masked([[text, place]])[0]

describe('by place and shape', () => {
  it.each([
    ['alice@example.test', '‹email #›'],
    ['write to mailto:Alice.B+c@mail.example.test now', 'write to mailto:‹email #› now'],
    ['https://a.test/?login_hint=alice%40example.test&x=1', 'https://a.test/?login_hint=‹email #›&x=1'],
    ['https://a.test/?next=%2Fcb%3Fhint%3Dalice%2540example.test', 'https://a.test/?next=%2Fcb%3Fhint%3D‹email #›'],
    ['username=al&password=●●●●', 'username=‹sub #›&password=●●●●'],
    ['{"sub":"al","name":"Al B","scope":"openid"}', '{"sub":"‹sub #›","name":"‹name #›","scope":"openid"}'],
    ['{"sub":12345,"n":1}', '{"sub":"‹sub #›","n":1}'],
    ['{"n":1,"phone_number":"+49 30 1234"}', '{"n":1,"phone_number":"‹phone #›"}'],
    [
      '{"log":"{\\"email\\":\\"a@b.test\\",\\"uid\\":\\"u1\\"}"}',
      '{"log":"{\\"email\\":\\"‹email #›\\",\\"uid\\":\\"‹sub #›\\"}"}',
    ],
    ['{"given_name":"Al \\"Bo\\" Zé"}', '{"given_name":"‹name #›"}'],
  ])('%s', (text, expected) => {
    expect(one(text)).toBe(expected)
  })

  it.each([
    'https://user@host.test/path',
    '{"name":"Acme portal","client_id":"x"}',
    '{"keys":[{"kty":"RSA","kid":"abc"}]}',
    'Bearer ●●●● #0123456789abcdef0123456789abcdef',
    'subject_types_supported=public',
  ])('leaves alone: %s', (text) => {
    expect(one(text)).toBe(text)
  })

  it('headers in which proxies hand on who asked, but not this machine', () => {
    expect(one('203.0.113.7, 10.0.0.2:4711', { header: 'X-Forwarded-For' })).toBe('‹ip #›, ‹ip #›:4711')
    expect(one('for="[2001:db8::1]:80";proto=https', { header: 'forwarded' })).toBe('for="[‹ip #›]:80";proto=https')
    expect(one('127.0.0.1, ::1, ::ffff:127.0.0.1', { header: 'x-real-ip' })).toBe('127.0.0.1, ::1, ::ffff:127.0.0.1')
    expect(one('203.0.113.7', { header: 'server' })).toBe('203.0.113.7')
  })
})

describe('by value', () => {
  const person = 'Zoë "Z" O\'Neil & <Co>/+é'
  it.each(Object.entries(everyEncoding(person)))('finds a long name as %s', (_name, encoded) => {
    const [, text] = masked([[person, { name: 'name', ofPerson: true }], [`before ${encoded} after`]])
    expect(leaksIn(text!, person)).toEqual([])
    expect(text).toMatch(/^before .*‹name #› after$/)
  })

  it.each([
    ['Hello Ana, welcome', 'Hello ‹name #›, welcome'],
    ['x%20Ana%20y', 'x%20‹name #›%20y'],
    ['"\\nAna\\n"', '"\\n‹name #›\\n"'],
    ['Analysis BAna Ana1 QW5h', 'Analysis BAna Ana1 QW5h'],
  ])('a short one as a whole word only: %s', (text, expected) => {
    expect(masked([['Ana', { name: 'given_name' }], [text]])[1]).toBe(expected)
  })

  it('equal values look equal, others do not, and nothing compares across', () => {
    const text = '{"sub":"u-1","other":"u-2","email":"A@b.test","again":"a@B.test u-1"}'
    const mask = (bytes: number) => {
      const values = createPersonalValues(new Uint8Array(32).fill(bytes), [])
      values.learn(text)
      return values.mask(text)
    }
    const marks = [...mask(1).matchAll(/‹\w+ #\w+›/g)].map(([mark]) => mark)
    expect(marks).toHaveLength(4)
    expect(new Set(marks).size).toBe(2)
    expect([...mask(2).matchAll(/‹\w+ #\w+›/g)].some(([mark]) => marks.includes(mark))).toBe(false)
  })

  it('many values stay apart', () => {
    const values = createPersonalValues(key, [])
    const all = Array.from({ length: 500 }, (_, index) => `user-${index}@example.test`)
    for (const value of all) values.learn(value)
    expect(new Set(all.map((value) => values.mask(value))).size).toBe(all.length)
  })

  it.each(['\\', '"', '@', 'a@', '&a=', '%40', '{"a":"', '\\"a\\":', '‹', '1.'])(
    'is not held up by a text of %j',
    (piece) => {
      const text = piece.repeat(500_000 / piece.length)
      expect(one(text)).toHaveLength(text.length)
    },
  )

  it('shows what is included, and of several kinds only when all are', () => {
    const text = 'login_hint=a@b.test&email=c@d.test'
    expect(masked([[text]], ['email'])[0]).toBe('login_hint=‹email #›&email=c@d.test')
    expect(masked([[text]], ['email', 'login_hint'])[0]).toBe(text)
    // A user name within a mailbox that is shown is shown with it.
    expect(masked([['{"sub":"alice","email":"alice@b.test","x":"alice"}']], ['email'])[0]).toBe(
      '{"sub":"‹sub #›","email":"alice@b.test","x":"‹sub #›"}',
    )
  })

  it('neither clients nor words that everybody uses', () => {
    expect(masked([['{"sub":"service-1","aud":"service-1"}']], [], ['service-1'])[0]).toBe(
      '{"sub":"service-1","aud":"service-1"}',
    )
    expect(masked([['{"sub":"1","given_name":"Token"}'], ['Token request']])[1]).toBe('Token request')
  })
})
