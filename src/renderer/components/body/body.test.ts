import { describe, expect, it } from 'vitest'
import { maskOf } from '../../../contract/mask.ts'
import { createLineCollector } from './body-lines.ts'
import { JsonIndenter } from './indent-json.ts'
import { linesWith, segmentsOf } from './line-segments.ts'

const indent = (text: string) => new JsonIndenter().push(text)
const sample = { a: [1, { b: 'x, "y" {z}' }, []], c: {}, d: null, e: 'tab\tq\\' }

describe('indenting JSON', () => {
  it('gives what JSON.stringify gives', () => {
    expect(indent(JSON.stringify(sample))).toBe(JSON.stringify(sample, null, 2))
    expect(indent(JSON.stringify(sample, null, 5))).toBe(JSON.stringify(sample, null, 2))
  })

  it('gives the same however the text is cut', () => {
    const text = JSON.stringify(sample)
    for (let at = 0; at <= text.length; at++) {
      const indenter = new JsonIndenter()
      expect(indenter.push(text.slice(0, at)) + indenter.push(text.slice(at))).toBe(JSON.stringify(sample, null, 2))
    }
  })

  it('leaves numbers, repeated names and escapes as they were sent', () => {
    expect(indent('{"n":12345678901234567890,"n":1.0,"s":"\\u0041"}')).toBe(
      '{\n  "n": 12345678901234567890,\n  "n": 1.0,\n  "s": "\\u0041"\n}',
    )
  })

  it('survives text that is no JSON, and hostile nesting', () => {
    expect(indent('<html>]}')).toBe('<html>\n]\n}')
    expect(indent('['.repeat(20_000)).length).toBeLessThan(2_000_000)
  })
})

describe('collecting lines', () => {
  it('joins pieces that end within a line', () => {
    const { lines, push } = createLineCollector()
    push('one\r\ntw')
    push('o\nthree')
    expect(lines).toEqual(['one', 'two', 'three'])
  })

  it('cuts a long line beside a mask, never through it', () => {
    const mask = maskOf('a91c0f22d941883b5e0c7719e26a904d')
    for (let before = 950; before < 1010; before++) {
      const { lines, push } = createLineCollector()
      const line = 'x'.repeat(before) + mask + 'y'.repeat(2000)
      push(line)
      expect(lines.join('')).toBe(line)
      expect(lines.filter((one) => one.includes(mask))).toHaveLength(1)
    }
  })
})

describe('drawing a line', () => {
  const mask = maskOf('a91c0f22d941883b5e0c7719e26a904d')
  it('tells names and masks apart', () => {
    expect(segmentsOf(`  "access_token": "${mask}",`, '').map(({ kind, text }) => [kind, text])).toEqual([
      ['name', '  "access_token":'],
      ['plain', ' "'],
      ['mask', '●●●● #a91c'],
      ['plain', '",'],
    ])
  })

  it('marks every match, whatever its case', () => {
    expect(segmentsOf('Code=1&code=2', 'code').map(({ kind, text }) => [kind, text])).toEqual([
      ['match', 'Code'],
      ['plain', '=1&'],
      ['match', 'code'],
      ['plain', '=2'],
    ])
  })

  it('finds the lines of a match', () => {
    expect(linesWith(['a', 'Bb', 'ab'], 'b')).toEqual([1, 2])
    expect(linesWith(['a'], '')).toEqual([])
  })
})
