import { describe, expect, it } from 'vitest'
import { maskOf } from '../../../../contract/mask.ts'
import { readForm, readQuery } from './read-parameters.ts'
import { timingBarsOf } from './timing-bars.ts'

describe('reading parameters', () => {
  const mask = maskOf('a91c0f22d941883b5e0c7719e26a904d')
  it('decodes a query and keeps masks whole', () => {
    expect(readQuery(`https://as.test/auth?scope=a+b&u=http%3A%2F%2Fx&code=${mask}&empty=&bare&bad=%zz`)).toEqual([
      ['scope', 'a b'],
      ['u', 'http://x'],
      ['code', mask],
      ['empty', ''],
      ['bare', ''],
      ['bad', '%zz'],
    ])
    expect(readQuery('https://as.test/auth')).toEqual([])
  })

  it('reads a form, and nothing else, as parameters', () => {
    const body = { id: 'b', kind: 'text' as const, bytes: 3, characters: 3, inline: 'a=1' }
    expect(readForm({ ...body, mediaType: 'application/x-www-form-urlencoded' })).toEqual([['a', '1']])
    expect(readForm({ ...body, mediaType: 'application/json' })).toEqual([])
    expect(readForm(undefined)).toEqual([])
  })
})

describe('timing bars', () => {
  it('stand one after the other and name what no phase explains', () => {
    const bars = timingBarsOf({ dnsMs: 10, connectMs: 20, waitMs: 50, totalMs: 100 })
    expect(bars.map((bar) => [bar.title, bar.startPercent, bar.widthPercent])).toEqual([
      ['Name lookup', 0, 10],
      ['Connect', 10, 20],
      ['Wait for the answer', 30, 50],
      ['Other', 80, 20],
    ])
  })

  it('never leave the box, whatever the numbers', () => {
    expect(timingBarsOf({ waitMs: 10, totalMs: 5 }).at(-1)).toMatchObject({ startPercent: 0, widthPercent: 100 })
    expect(timingBarsOf({ totalMs: 0 })).toEqual([])
  })
})
