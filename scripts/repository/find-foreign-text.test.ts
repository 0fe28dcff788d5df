import { expect, it } from 'vitest'
import { findForeignText } from './find-foreign-text.js'

const here = { root: '/srv/checkouts/grantlab/', home: '/Accounts/ada', registryHost: 'packages.example' }
const find = (text: string): string[] => findForeignText(text, here).map(({ line, message }) => `${line} ${message}`)

// Put together at run time: this file is looked at too.
const path = (...parts: string[]): string => ['', ...parts, ''].join('/')

it.each([
  ['the configured registry', 'https://packages.example/a', '1 names the host of an npm registry'],
  [
    'the public registry',
    `\nhttps://${['registry', 'npmjs', 'org'].join('.')}/a`,
    '2 names the host of an npm registry',
  ],
  ['this checkout', 'see /srv/checkouts/grantlab/src', '1 names a folder of one machine'],
  ['this home folder', '"/Accounts/ada/.config"', '1 names a folder of one machine'],
  ['another home folder', `cd ${path('home', 'ada')}src`, '1 names a folder of one machine'],
  ['a temporary folder', `'${path('tmp')}x'`, '1 names a folder of one machine'],
  ['a Windows home folder', ['C:', 'Users', 'ada'].join('\\'), '1 names a folder of one machine'],
])('finds %s', (_what, text, expected) => {
  expect(find(text)).toEqual([expected])
})

it.each([
  ['an address', `https://example.com${path('tmp')}x`],
  ['a relative folder', `.${path('tmp')}x`],
  ['a system folder', '/usr/bin/chromium'],
  ['a name without a folder behind it', '/work and /tmp'],
])('leaves %s alone', (_what, text) => {
  expect(find(text)).toEqual([])
})
