import { describe, expect, it } from 'vitest'
import { maskOf, shortenMasks, splitAtMasks } from './mask.ts'

const fingerprint = 'a91c0123456789abcdef0123456789ab'

describe('masks', () => {
  it('are shortened to four digits for people', () => {
    expect(shortenMasks(`token=${maskOf(fingerprint)}&x`)).toBe('token=●●●● #a91c&x')
    expect(shortenMasks(`p=${maskOf()}`)).toBe('p=●●●●')
  })

  it('are cut out with their whole fingerprint', () => {
    expect(splitAtMasks(`a ${maskOf(fingerprint)} b ${maskOf()}`)).toEqual([
      { text: 'a ' },
      { mask: '●●●● #a91c', fingerprint },
      { text: ' b ' },
      { mask: '●●●●' },
    ])
  })

  it('leave a text without masks whole', () => {
    expect(splitAtMasks('#a91c ●●● plain')).toEqual([{ text: '#a91c ●●● plain' }])
  })
})
