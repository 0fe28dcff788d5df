import { expect, it } from 'vitest'
import { isPageAddress, isWebAddress } from './page-address.ts'

it.each(['app://grantlab/', 'app://grantlab/#run', 'app://grantlab/assets/x.js', 'app://grantlab'])(
  'is of our page: %s',
  (address) => {
    expect(isPageAddress(address)).toBe(true)
  },
)

it.each([
  'app://grantlab.evil/',
  'app://grantlab@evil/',
  'app://grantlab:1/',
  'app://evil/app://grantlab/',
  'apps://grantlab/',
  'https://grantlab/',
  'about:blank',
  '',
])('is not of our page: %s', (address) => {
  expect(isPageAddress(address)).toBe(false)
})

it.each([
  ['https://a.test/', true],
  ['http://127.0.0.1:1/', true],
  ['HTTPS://a.test', true],
  ['file:///etc/passwd', false],
  ['javascript:alert(1)', false],
  ['smb://a.test/', false],
  ['ms-settings:x', false],
  ['httpsx://a.test', false],
  ['no address', false],
])('may be opened in a browser: %s %s', (address, expected) => {
  expect(isWebAddress(address)).toBe(expected)
})
