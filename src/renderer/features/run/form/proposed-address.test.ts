import { expect, it } from 'vitest'
import type { ParameterDescription } from '../../../../contract/description.ts'
import { fakePlayground } from '../../../dev/fake-profiles.ts'
import { proposedAddress } from './proposed-address.ts'

const url: ParameterDescription = { name: 'url', title: 'Address', type: 'url', hint: '', required: true }

it("proposes the built-in server's own API, where an operation asks for an address", () => {
  expect(proposedAddress(url, fakePlayground)).toBe('http://127.0.0.1:7420/api/hello')
})

it('proposes nothing for what a profile holds, nor with another profile', () => {
  expect(proposedAddress({ ...url, inProfile: true }, fakePlayground)).toBeUndefined()
  expect(proposedAddress({ ...url, required: false }, fakePlayground)).toBeUndefined()
  expect(proposedAddress(url, { ...fakePlayground, builtIn: false })).toBeUndefined()
  expect(proposedAddress(url, undefined)).toBeUndefined()
})
