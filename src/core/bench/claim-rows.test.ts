import { describe, expect, it } from 'vitest'
import { inspectOne } from './testing/inspect.ts'
import { makeToken } from './testing/make-token.ts'

/** The row of a claim. */
const claim = (claims: unknown, name: string) => inspectOne(makeToken(claims)).claims.find((row) => row.name === name)

describe('numeric dates', () => {
  it.each([
    [1_700_000_000, '2023-11-14T22:13:20.000Z', []],
    [1_700_000_000.5, '2023-11-14T22:13:20.500Z', ['fraction']],
    ['1700000000', '2023-11-14T22:13:20.000Z', ['a text']],
    ['2023-11-14T22:13:20Z', '2023-11-14T22:13:20.000Z', ['a text']],
    ['soon', null, ['a text']],
    [-1, '1969-12-31T23:59:59.000Z', ['negative']],
    [1_700_000_000_000, '+055840-11-08T22:13:20.000Z', ['2023-11-14T22:13:20.000Z perhaps']],
    [1e15, null, ['out of the range']],
    [-1e15, null, ['negative', 'out of the range']],
    [null, null, ['a number of seconds']],
    [[1], null, ['a number of seconds']],
    [true, null, ['a number of seconds']],
  ])('%j', (exp, time, faults) => {
    const row = claim({ exp }, 'exp')!
    expect(row).toMatchObject({ shape: 'time', time })
    expect(row.faults).toEqual(faults.map((part) => expect.stringContaining(part) as string))
  })

  it('that contradict each other', () => {
    expect(claim({ exp: 10, iat: 10, nbf: 11 }, 'exp')!.faults).toHaveLength(2)
  })
})

it.each([
  [{ sub: 1 }, 'sub', 'a text'],
  [{ aud: 1 }, 'aud', 'a list of texts'],
  [{ amr: 'pwd' }, 'amr', 'a list of texts'],
  [{ scope: ['a'] }, 'scope', 'words separated by spaces'],
  [{ scope: 'a,b' }, 'scope', 'commas'],
  [{ email_verified: 'true' }, 'email_verified', 'true or false'],
  [{ cnf: 'x' }, 'cnf', 'an object'],
])('%j is of a type that its specification does not have', (claims, name, part) => {
  expect(claim(claims, name)!.faults).toEqual([expect.stringContaining(part)])
})

it.each([[{ aud: 'a' }], [{ authorization_details: [{ type: 'x' }] }], [{ roles: 'one' }], [{ scope: 'a b' }]])(
  '%j is well-typed',
  (claims) => {
    expect(inspectOne(makeToken(claims)).claims[0]!.faults).toEqual([])
  },
)
