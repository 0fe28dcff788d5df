import { expect, it } from 'vitest'
import { chooseRow, keepChoice, noChoice, type RowChoice } from './choose-rows.ts'

const ids = ['a', 'b', 'c', 'd', 'e']
const chosenOf = ({ active, chosen }: RowChoice) => `${active}: ${[...chosen].join('')}`

it('chooses one, adds and takes away, and chooses a range in both directions', () => {
  const alone = chooseRow(ids, noChoice, { id: 'c', kind: 'alone' })
  expect(chosenOf(alone)).toBe('c: c')
  const range = chooseRow(ids, alone, { id: 'e', kind: 'range' })
  expect(chosenOf(range)).toBe('e: cde')
  expect(chosenOf(chooseRow(ids, range, { id: 'a', kind: 'range' }))).toBe('a: abc')
  const more = chooseRow(ids, alone, { id: 'a', kind: 'toggled' })
  expect(chosenOf(more)).toBe('a: ca')
  expect(chosenOf(chooseRow(ids, more, { id: 'c', kind: 'toggled' }))).toBe('c: a')
})

it('begins a range at the row itself when nothing was chosen, or what was is gone', () => {
  expect(chosenOf(chooseRow(ids, noChoice, { id: 'b', kind: 'range' }))).toBe('b: b')
  expect(chosenOf(chooseRow(ids, { anchor: 'gone', chosen: new Set() }, { id: 'b', kind: 'range' }))).toBe('b: b')
})

it('goes on at the next row when rows are gone, and at the last one at the end', () => {
  const choice = chooseRow(ids, chooseRow(ids, noChoice, { id: 'b', kind: 'alone' }), { id: 'c', kind: 'range' })
  expect(chosenOf(keepChoice(['a', 'd', 'e'], ids, choice))).toBe('d: d')
  expect(chosenOf(keepChoice(['a'], ids, choice))).toBe('a: a')
  expect(keepChoice([], ids, choice)).toEqual(noChoice)
  expect(chosenOf(keepChoice(['new', ...ids], ids, choice))).toBe('c: bc')
})
