import { expect, it } from 'vitest'
import { offerAt, wordAt, type YamlWord } from './yaml-words.ts'

const pkce: YamlWord = { name: 'pkce', title: 'PKCE', hint: 'Binds the code.', values: [{ text: 'S256', hint: '' }] }
const scope: YamlWord = { name: 'scope', title: 'Scope', hint: 'What to ask for.', values: [] }
const words = [pkce, scope]
const labels = (line: string, column: number) => offerAt(line, column, words)?.choices.map(({ insert }) => insert)

it('offers names at the start of a line, with a colon where none stands', () => {
  expect(labels('', 1)).toEqual(['pkce: ', 'scope: '])
  expect(offerAt('sc', 3, words)).toMatchObject({ kind: 'name', from: 1, to: 3 })
  expect(labels('sc: openid', 3)).toEqual(['pkce', 'scope'])
})

it('offers the values of a name after it, over what stands there', () => {
  expect(offerAt('pkce: pl  ', 9, words)).toMatchObject({ kind: 'value', from: 7, to: 9 })
  expect(labels('pkce: ', 7)).toEqual(['S256'])
  expect(labels('scope: ', 8)).toBeUndefined()
})

it('offers nothing inside of a list or behind a comment sign', () => {
  expect(labels('  - a', 6)).toBeUndefined()
  expect(labels('# pk', 5)).toBeUndefined()
})

it('finds the word under the pointer, on its name only', () => {
  expect(wordAt('pkce: S256', 3, words)).toBe(pkce)
  expect(wordAt('pkce: S256', 8, words)).toBeUndefined()
  expect(wordAt('nothing: 1', 2, words)).toBeUndefined()
})
