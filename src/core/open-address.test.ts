import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { problemIn } from '../contract/wire.ts'
import { openAddress as openWith, openerOf } from './open-address.ts'

const openAddress = (address: string, opener: string[], env = process.env) => openWith(address, opener, env)

let folder = ''
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'grantlab-opener-'))))
afterAll(() => rm(folder, { recursive: true }))

/** A program that writes its arguments, one per line, and ends with a code. */
async function programThatEnds(code: number) {
  const file = join(folder, `opener-${code}`)
  await writeFile(file, `#!/bin/sh\nprintf '%s\\n' "$@" > "${file}.args"\nexit ${code}\n`)
  await chmod(file, 0o700)
  return { file, args: () => readFile(`${file}.args`, 'utf8') }
}

test('the opener is what the person named, else the platform has one, else there is none', () => {
  expect(openerOf({ BROWSER: 'my-browser' }, 'linux')).toEqual(['my-browser'])
  expect(openerOf({ DISPLAY: ':0' }, 'linux')).toEqual(['xdg-open'])
  expect(openerOf({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toEqual(['xdg-open'])
  expect(openerOf({}, 'linux')).toBeUndefined()
  expect(openerOf({ DISPLAY: '' }, 'linux')).toBeUndefined()
  expect(openerOf({}, 'darwin')).toEqual(['open'])
  expect(openerOf({}, 'win32')).toEqual(['rundll32', 'url.dll,FileProtocolHandler'])
})

test('the address is one argument, whatever a shell would make of it', async () => {
  const { file, args } = await programThatEnds(0)
  const address = `https://as.test/auth?a=1&b=$(touch x);'"|c#d`
  await openAddress(address, [file, 'first'])
  expect(await args()).toBe(`first\n${address}\n`)
})

test('the program gets the environment it is given, and no other', async () => {
  const { file, args } = await programThatEnds(0)
  await writeFile(file, `#!/bin/sh\nprintf '%s' "$GRANTED $HOME" > "${file}.args"\n`)
  await openAddress('https://as.test', [file], { GRANTED: 'yes' })
  expect(await args()).toBe('yes ')
})

test.each(['file:///etc/passwd', 'javascript:alert(1)', 'ms-settings:', '-flag', '', 'https:'])(
  'no other scheme is opened: %s',
  async (address) => {
    const { file } = await programThatEnds(2)
    const found = await openAddress(address, [file]).then(undefined, problemIn)
    expect(found).toMatchObject({ code: 'browser-not-opened', detail: expect.stringContaining('http and https') })
  },
)

test('a program that fails or is missing is a problem that names it', async () => {
  const { file } = await programThatEnds(3)
  expect(await openAddress('https://as.test', [file]).then(undefined, problemIn)).toMatchObject({
    code: 'browser-not-opened',
    detail: `${file} ended with code 3.`,
  })
  const missing = join(folder, 'missing')
  expect(await openAddress('https://as.test', [missing]).then(undefined, problemIn)).toMatchObject({
    code: 'browser-not-opened',
    detail: `${missing} could not be started.`,
  })
})
