import { expect, test } from 'vitest'
import { createPaint } from './paint.ts'
import { proofLines } from './proof-lines.ts'

const textOf = (...proofs: [name: string, holds: boolean | null][]) =>
  proofLines(
    proofs.map(([name, holds]) => ({ name, holds, step: null, exchange: null })),
    createPaint({}),
  ).map(({ painted }) => painted)

test('proofs are told in words', () => {
  expect(textOf(['state.matches', true], ['signature.verified', false], ['iss.matches', null])).toEqual([
    'checked  state matches',
    'checked  signature not verified',
    '',
  ])
})

test('form-encoding is told only where it changes something', () => {
  expect(textOf(['basic.encodingDiffers', false])).toEqual([])
  expect(textOf(['basic.encodingDiffers', true])).toEqual([
    'note  id or secret is changed by form-encoding in Basic',
    '',
  ])
})

test('a proof without words keeps its name', () => {
  expect(textOf(['new.thing', true])).toEqual(['checked  new.thing holds', ''])
})
