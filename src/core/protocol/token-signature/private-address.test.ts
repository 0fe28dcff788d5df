import { expect, test } from 'vitest'
import { isPrivateAddress } from './private-address.ts'

test.each([
  'http://127.0.0.1:8080/',
  'http://127.1.2.3/',
  'http://2130706433/',
  'http://localhost/',
  'http://a.localhost/',
  'http://[::1]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[::ffff:a00:1]/',
  'http://[fd00::1]/',
  'http://[fe80::1]/',
  'http://10.1.2.3/',
  'http://172.31.0.1/',
  'http://192.168.0.1/',
  'http://169.254.169.254/',
  'http://100.64.0.1/',
  'http://0.0.0.0/',
  'http://198.18.0.1/',
  'http://224.0.0.1/',
  'http://255.255.255.255/',
  'http://[fec0::1]/',
  'http://[64:ff9b::10.0.0.1]/',
  'http://[64:ff9b::a9fe:a9fe]/',
  'http://printer/',
  'http://nas.local/',
  'http://metadata.google.internal/',
])('%s is inside', async (address) => {
  expect(await isPrivateAddress(new URL(address))).toBe(true)
})

test.each([
  'http://8.8.8.8/',
  'http://172.32.0.1/',
  'http://[2606:4700::1]/',
  'http://[64:ff9b::808:808]/',
  'http://nobody.invalid/',
])('%s is not', async (address) => {
  expect(await isPrivateAddress(new URL(address))).toBe(false)
})
