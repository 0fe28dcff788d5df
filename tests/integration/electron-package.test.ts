import { createPackage, extractFile, listPackage } from '@electron/asar'
import { FuseV1Options } from '@electron/fuses'
import { build, Platform, type Configuration } from 'electron-builder'
import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { parse } from 'yaml'

const project = join(import.meta.dirname, '../..')

let folder: string
let configuration: Configuration
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'grantlab-package-'))
  configuration = parse(await readFile(join(project, 'electron-builder.yml'), 'utf8')) as Configuration
})
afterAll(() => rm(folder, { recursive: true, force: true }))

it('decides about every fuse, and opens none', () => {
  const { electronFuses } = configuration
  const fuses = Object.fromEntries(Object.entries(electronFuses ?? {}).map(([name, on]) => [name.toLowerCase(), on]))
  expect(fuses).toEqual({
    runasnode: false,
    enablenodeoptionsenvironmentvariable: false,
    enablenodecliinspectarguments: false,
    enableembeddedasarintegrityvalidation: true,
    onlyloadappfromasar: true,
    grantfileprotocolextraprivileges: false,
    loadbrowserprocessspecificv8snapshot: false,
    enablecookieencryption: false,
  })
  // WebAssembly is not used, and electron-builder has no word for its fuse.
  const known = Object.keys(FuseV1Options).filter((name) => !/^\d+$/.test(name) && name !== 'WasmTrapHandlers')
  expect(known.map((name) => name.toLowerCase()).sort()).toEqual(Object.keys(fuses).sort())
})

it('no package starts Grantlab without its sandbox', () => {
  expect(configuration.linux?.executableArgs).toEqual([])
  expect(JSON.stringify(configuration)).not.toContain('no-sandbox')
})

it('names a package for each system', () => {
  expect(configuration.linux?.target).toEqual(['AppImage', 'deb'])
  expect(configuration.win?.target).toEqual(['nsis'])
  expect(configuration.mac?.target).toEqual(['dmg'])
  expect(existsSync(join(project, configuration.linux?.icon ?? ''))).toBe(true)
})

/** A distribution of Electron with nothing in it: what is packed around it can be looked at all the same. */
async function emptyElectron(): Promise<string> {
  const dist = join(folder, 'electron')
  await mkdir(join(dist, 'locales'), { recursive: true })
  await mkdir(join(dist, 'resources'))
  await mkdir(join(folder, 'default'))
  await writeFile(join(folder, 'default/main.js'), '')
  await createPackage(join(folder, 'default'), join(dist, 'resources/default_app.asar'))
  for (const name of ['electron', 'version', 'LICENSE', 'LICENSES.chromium.html']) await writeFile(join(dist, name), '')
  await chmod(join(dist, 'electron'), 0o755)
  return dist
}

/** Packs as electron-builder does, around the empty Electron: no binary to flip fuses in, nothing to download. */
async function pack(change: object = {}): Promise<string> {
  const output = join(folder, 'packed')
  const electronDist = await emptyElectron()
  await build({
    projectDir: project,
    targets: Platform.LINUX.createTarget('dir'),
    config: {
      ...configuration,
      directories: { ...configuration.directories, output },
      electronDist,
      electronFuses: null,
      ...change,
    },
  })
  return join(output, 'linux-unpacked/resources')
}

it('a setting that electron-builder does not know is refused', async () => {
  await expect(
    build({ projectDir: project, config: { ...configuration, asarr: true } as Configuration }),
  ).rejects.toThrow('asarr')
})

it('packs what runs and nothing else', { timeout: 120_000 }, async ({ skip }) => {
  skip(process.platform !== 'linux', 'the empty Electron is one for Linux')
  skip(!existsSync(join(project, 'out/main/index.js')), 'there is no build to pack: npm run build')
  const resources = await pack()
  const archive = join(resources, 'app.asar')
  const files = listPackage(archive, { isPack: false }).map((path) => path.replaceAll('\\', '/'))
  for (const needed of [
    '/out/main/index.js',
    '/out/main/playground-worker.js',
    '/out/preload/index.cjs',
    '/out/renderer/index.html',
  ]) {
    expect(files).toContain(needed)
  }
  const roots = new Set(files.map((path) => path.split('/')[1]))
  expect(roots).toEqual(new Set(['node_modules', 'out', 'package.json']))
  expect(new Set(files.flatMap((path) => /^\/out\/([^/]+)/.exec(path)?.[1] ?? []))).toEqual(
    new Set(['main', 'preload', 'renderer']),
  )
  const packages = new Set(files.flatMap((path) => /^\/node_modules\/((?:@[^/]+\/)?[^/@]+)/.exec(path)?.[1] ?? []))
  expect([...packages].filter((name) => !name.startsWith('@napi-rs/keyring'))).toEqual([])
  expect(packages).toContain('@napi-rs/keyring')
  const unpacked = await readdir(join(`${archive}.unpacked`), { recursive: true })
  expect(unpacked.filter((path) => path.endsWith('.node'))).not.toEqual([])
  expect(JSON.parse(extractFile(archive, 'package.json').toString())).toMatchObject({ main: 'out/main/index.js' })
})
