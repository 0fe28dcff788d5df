import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { version } from '../contract/version.ts'
import { problemIn } from '../contract/wire.ts'
import { createNodePorts } from './node-ports.ts'
import type { StartPlayground } from './playground-port.ts'

const workingFolder = resolve('/work-folder')
const portsOf = (more: Partial<Parameters<typeof createNodePorts>[0]>) =>
  createNodePorts({ host: 'test', arguments: {}, environment: {}, workingFolder, ...more })

test('the data folder: the flag, else GRANTLAB_HOME, else the usual place', async () => {
  const environment = { GRANTLAB_HOME: '/home/g' }
  const folderOf = (dataDir: string | undefined, env: Record<string, string>) =>
    portsOf({ arguments: { dataDir }, environment: env }).then(({ ports }) => ports.dataFolder)
  expect(await folderOf('d', environment)).toBe(join(workingFolder, 'd'))
  expect(await folderOf(undefined, environment)).toBe(resolve('/home/g'))
  const usual = await folderOf(undefined, {})
  expect(usual).toBe(await folderOf('', { GRANTLAB_HOME: '' }))
  expect(usual).toMatch(/grantlab$/i)
})

test('folders, files and secrets from the flags', async () => {
  const { ports } = await portsOf({
    arguments: { workspace: 'w', environmentFile: '.env', secrets: ['acme=ACME', 'b=B'] },
  })
  expect(ports).toMatchObject({
    version,
    host: { name: 'test', openBrowser: false },
    workspaceFolder: join(workingFolder, 'w'),
    environmentFile: join(workingFolder, '.env'),
    secretVariables: { acme: 'ACME', b: 'B' },
  })
  const { ports: bare } = await portsOf({})
  for (const name of ['workspaceFolder', 'environmentFile', 'secretVariables', 'playground', 'openAddress']) {
    expect(bare).not.toHaveProperty(name)
  }
})

test.each(['hunter2hunter2', '=X', 'x=', ''])('--secret %s is refused and not repeated', async (secret) => {
  const found = await portsOf({ arguments: { secrets: [secret] } }).then(() => undefined, problemIn)
  expect(found?.code).toBe('parameter-invalid')
  expect(JSON.stringify(found)).not.toContain('hunter2')
})

test('a browser is opened where there is one; elsewhere by the person, when one is there', async () => {
  expect((await portsOf({ environment: { BROWSER: 'x' } })).ports).toMatchObject({ host: { openBrowser: true } })
  if (process.platform !== 'linux') return
  expect((await portsOf({})).ports.openAddress).toBeUndefined()
  const { ports } = await portsOf({ personOpens: true })
  expect(ports.host.openBrowser).toBe(false)
  await expect(ports.openAddress?.('https://as.test')).resolves.toBeUndefined()
})

test.runIf(process.platform !== 'win32')("the person's browser does not get Grantlab's secrets", async () => {
  const folder = await mkdtemp(join(tmpdir(), 'grantlab-ports-'))
  const browser = join(folder, 'browser')
  await writeFile(browser, `#!/bin/sh\nexport -p > "${browser}.env"\n`, { mode: 0o700 })
  const environment = {
    BROWSER: browser,
    GRANTLAB_VAULT_PASSPHRASE: 's3cret',
    GRANTLAB_SECRET_B: 's3cret',
    A: 's3cret',
  }
  const { ports } = await portsOf({ environment, arguments: { secrets: ['a=A'] } })
  await ports.openAddress?.('https://as.test')
  const text = await readFile(`${browser}.env`, 'utf8')
  await rm(folder, { recursive: true })
  expect(text).toContain('BROWSER')
  expect(text).not.toContain('s3cret')
})

const info = {
  issuer: 'http://127.0.0.1:7420',
  clients: [
    { client_id: 'public', token_endpoint_auth_method: 'none', title: 'Public' },
    { client_id: 'web', client_secret: 's3cret', token_endpoint_auth_method: 'client_secret_basic', title: 'Web' },
  ],
  users: [{ username: 'alice', password: 'pass', name: 'Alice Example' }],
}

test('the playground is loaded and started once, when it is first wanted, and stopped at the end', async () => {
  const calls: string[] = []
  const start: StartPlayground = async ({ dataFolder }) => {
    calls.push(`start in ${dataFolder}`)
    return { info, stop: async () => void calls.push('stop') }
  }
  const { ports, close } = await portsOf({
    arguments: { dataDir: '/d' },
    startPlayground: async () => {
      calls.push('load')
      return start
    },
  })
  expect(calls).toEqual([])
  const [one, two] = await Promise.all([ports.playground?.(), ports.playground?.()])
  expect(one).toEqual(two)
  expect(one).toEqual({
    issuer: info.issuer,
    clients: [
      { client_id: 'public', title: 'Public', token_endpoint_auth_method: 'none' },
      { client_id: 'web', title: 'Web', token_endpoint_auth_method: 'client_secret_basic' },
    ],
    users: [{ username: 'alice', title: 'Alice Example' }],
    clientSecrets: { web: 's3cret' },
    passwords: { alice: 'pass' },
  })
  await close()
  expect(calls).toEqual(['load', `start in ${resolve('/d')}`, 'stop'])
})

test('a playground that does not start is a problem, and the next call tries again', async () => {
  let tries = 0
  const { ports, close } = await portsOf({
    startPlayground: async () => async () => {
      tries++
      if (tries === 1) throw Object.assign(new Error('Port 7420 is taken.'), { code: 'port-taken' })
      if (tries === 2) throw Object.assign(new Error('The file is damaged.'), { code: 'state-file-damaged' })
      return { info, stop: async () => undefined }
    },
  })
  const failure = () => ports.playground?.().then(undefined, problemIn)
  expect(await failure()).toMatchObject({ code: 'port-in-use', detail: 'Port 7420 is taken.' })
  expect(await failure()).toMatchObject({ code: 'playground-failed', detail: 'The file is damaged.' })
  expect(await ports.playground?.()).toMatchObject({ issuer: info.issuer })
  await close()
})

test('one that another process runs is asked at each access, and another is had once when it is gone', async () => {
  const calls: string[] = []
  const { ports, close } = await portsOf({
    startPlayground: async () => async () => {
      const name = `number ${calls.push('had')}`
      const answers = async () => name === 'number 3'
      return { info: { ...info, issuer: name }, answers, stop: async () => void calls.push(`left ${name}`) }
    },
  })
  const issuer = async () => (await ports.playground?.())?.issuer
  expect(await issuer()).toBe('number 1')
  expect(await Promise.all([issuer(), issuer()])).toEqual(['number 2', 'number 2'])
  expect(await Promise.all([issuer(), issuer()])).toEqual(['number 3', 'number 3'])
  expect(await issuer()).toBe('number 3')
  await close()
  expect(calls).toEqual(['had', 'had', 'had', 'left number 3'])
})

test('an end without a playground that ran is quiet', async () => {
  const { close } = await portsOf({})
  await expect(close()).resolves.toBeUndefined()
})
