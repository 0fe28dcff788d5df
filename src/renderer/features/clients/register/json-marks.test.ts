import { expect, it } from 'vitest'
import { documentIn, jsonMarksOf, placeOfMember } from './json-marks.ts'

const text = JSON.stringify({ jwks: { scope: 'x{"' }, scope: 'a', 'x"y': 1 }, null, 2)

it('finds a member of the outermost object, not one of the same name within another', () => {
  expect(placeOfMember(text, 'scope')).toEqual({ line: 5, column: 3 })
  expect(placeOfMember(text, 'x"y')).toEqual({ line: 6, column: 3 })
  expect(placeOfMember('{"a":{"scope":1},"scope":2}', 'scope')).toEqual({ line: 1, column: 18 })
  expect(placeOfMember(text, 'absent')).toEqual({ line: 1, column: 1 })
})

it('says what the server said at the member, and a mistake alone', () => {
  expect(jsonMarksOf(text, { scope: 'not known' }, ['x"y'])).toEqual([
    { line: 6, column: 3, message: expect.stringContaining('knows no x"y') },
    { line: 5, column: 3, message: 'not known' },
  ])
  expect(jsonMarksOf('{"scope": }', { scope: 'not known' }, [])).toHaveLength(1)
})

it('reads a document only where there is one', () => {
  expect(documentIn(text)).toMatchObject({ scope: 'a' })
  expect(documentIn('[]')).toBeUndefined()
  expect(documentIn('{"a":1,"a":2}')).toBeUndefined()
})
