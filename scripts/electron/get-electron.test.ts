import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readElectronPackage } from './electron-package.js'
import { createProgressLine, getElectron } from './get-electron.js'
import { createPastFailure } from './past-failure.js'
import { probeElectron, reasonIn } from './probe-electron.js'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'grantlab-get-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** Runs a script in the place of the one that downloads. */
async function get(script: string, stallMs = 20_000) {
  const file = join(folder, 'download.mjs')
  await writeFile(file, script)
  const progress: number[] = []
  const onProgress = ({ transferred }: { transferred: number }) => progress.push(transferred)
  const reason = await getElectron({ script: file, args: [], node: process.execPath, stallMs, onProgress })
  return { reason, progress }
}

it('tells how far it is, and succeeds with the script', async () => {
  const script = `for (const transferred of [0, 5, 5, 9]) process.send({ transferred, total: 9 }); process.disconnect()`
  expect(await get(script)).toEqual({ reason: undefined, progress: [0, 5, 9] })
})

it('tells why it failed, in the script’s words or by its exit code', async () => {
  const told = `process.send({ reason: 'getaddrinfo ENOTFOUND' }); process.exitCode = 1; process.disconnect()`
  expect(await get(told)).toEqual({ reason: 'getaddrinfo ENOTFOUND', progress: [] })
  expect((await get('process.exit(7)')).reason).toContain('7')
})

it('gives up on a download that stands still, though it goes on telling', async () => {
  const script = `setInterval(() => process.send({ transferred: 3, total: 9 }), 5)`
  const { reason, progress } = await get(script, 2000)
  expect(reason).toBe('no progress for 2 s')
  expect(progress).toEqual([3])
})

it('shows progress as a line that counts in a terminal, else in quarters', () => {
  const shown = (isTTY: boolean) => {
    let text = ''
    const show = createProgressLine({ write: (more) => (text += more), isTTY })
    for (let transferred = 0; transferred <= 100e6; transferred += 10e6) show({ transferred, total: 100e6 })
    return text
  }
  expect(shown(true)).toMatch(/^\r {2}0 of 100 MB\r {2}10 of 100 MB[^]*\r {2}100 of 100 MB\n$/)
  expect(shown(false)).toBe('  0 of 100 MB\n  30 of 100 MB\n  50 of 100 MB\n  80 of 100 MB\n  100 of 100 MB\n')
})

it('remembers a failure for one version, until it is forgotten', async () => {
  const file = join(folder, 'deep/electron.json')
  const past = createPastFailure(file, '45.0.0')
  expect(past.read()).toBeUndefined()
  past.keep('no network')
  expect(past.read()).toBe('no network')
  expect(createPastFailure(file, '46.0.0').read()).toBeUndefined()
  past.forget()
  expect(past.read()).toBeUndefined()
  await writeFile(file, '{"version": "45.0.0", "rea')
  expect(past.read()).toBeUndefined()
})

it('finds the binary only when it is of the version wanted', async () => {
  await writeFile(join(folder, 'package.json'), '{"version": "45.0.0"}')
  expect(readElectronPackage(folder).findBinary()).toBeUndefined()
  await mkdir(join(folder, 'dist'))
  await writeFile(join(folder, 'path.txt'), 'electron')
  await writeFile(join(folder, 'dist/version'), 'v45.0.0')
  expect(readElectronPackage(folder).findBinary()).toBeUndefined()
  await writeFile(join(folder, 'dist/electron'), '')
  expect(readElectronPackage(folder).findBinary()).toBe(join(folder, 'dist/electron'))
  await writeFile(join(folder, 'dist/version'), '44.0.0')
  expect(readElectronPackage(folder).findBinary()).toBeUndefined()
})

it('probes by starting the binary', async ({ skip }) => {
  skip(process.platform === 'win32', 'the program in the place of Electron is a shell script')
  const binary = join(folder, 'electron')
  const program = (lines: string) => writeFile(binary, `#!/bin/sh\n${lines}\n`).then(() => chmod(binary, 0o700))
  await program('test "$1" && test -d "$2" && test -z "$ELECTRON_RUN_AS_NODE"')
  expect(await probeElectron(binary)).toBeUndefined()
  await program('echo "FATAL: The SUID sandbox helper binary was found, but is not configured correctly" >&2; exit 133')
  expect(await probeElectron(binary)).toBe('its sandbox cannot start here')
})

it('names what keeps the binary from starting', () => {
  expect(reasonIn('error while loading shared libraries: libnss3.so: cannot open', 127)).toBe(
    'the system lacks libnss3.so',
  )
  expect(reasonIn('', 1)).toBe('it ended with code 1')
})
