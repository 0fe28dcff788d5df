import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { runHost, type HostProcess } from './run-host.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'grantlab-run-host-'))
  await mkdir(join(folder, 'renderer'))
  await writeFile(join(folder, 'renderer', 'index.html'), 'page')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** A host that is run in this process, with what it printed. */
function start(
  args: string[],
  environment: Record<string, string> = {},
  { renderer = 'renderer', terminal = true } = {},
) {
  const ended = new AbortController()
  const printed: string[] = []
  const errors: string[] = []
  const pressed: (() => void)[] = []
  const host: HostProcess = {
    args: ['--data-dir', join(folder, 'data'), ...args],
    environment,
    print: (line) => printed.push(line),
    printError: (line) => errors.push(line),
    isRoot: true,
    folder: pathToFileURL(join(folder, `${renderer}/`)),
    ended: ended.signal,
    ...(terminal ? { onEnter: (call) => pressed.push(call) } : {}),
  }
  const addresses = () => printed.join('\n').match(/http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}/g) ?? []
  return {
    exitCode: runHost(host),
    printed,
    errors,
    addresses,
    end: () => ended.abort(),
    pressEnter: () => pressed[0]?.(),
  }
}

async function connectTo(address: string): Promise<WebSocket> {
  const { origin, hash } = new URL(address)
  const answer = await fetch(`${origin}/session`, {
    method: 'POST',
    headers: { Origin: origin, 'Content-Type': 'application/json' },
    body: JSON.stringify({ token: hash.replace('#token=', '') }),
  })
  const { session } = (await answer.json()) as { session: string }
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/rpc`, ['grantlab', `session.${session}`], { origin })
  await once(socket, 'open')
  return socket
}

test('without a window it prints one address on one line, serves until it is ended, and Enter prints another', async () => {
  const host = start(['--no-open'])
  await expect.poll(host.addresses, { timeout: 10_000 }).toHaveLength(1)
  expect(host.printed).toEqual([expect.stringContaining('Enter prints another')])
  host.pressEnter()
  const [first = '', second = ''] = host.addresses()
  expect(second).not.toBe(first)
  for (const address of [first, second]) (await connectTo(address)).terminate()
  host.end()
  expect(await host.exitCode).toBe(0)
  await expect(fetch(new URL(first).origin)).rejects.toThrow('fetch failed')
})

test('without a terminal nothing is said of Enter', async () => {
  const host = start(['--no-open'], {}, { terminal: false })
  await expect.poll(host.addresses, { timeout: 10_000 }).toHaveLength(1)
  expect(host.printed.join()).not.toContain('Enter')
  host.end()
  expect(await host.exitCode).toBe(0)
})

test('the window is an app window with a profile of its own; a browser that fails is replaced by the address', async () => {
  const browser = join(folder, 'browser')
  await writeFile(
    browser,
    `#!/bin/sh\nprintf '%s\\n' "$@" > "${browser}.args.new"\nmv "${browser}.args.new" "${browser}.args"\nexit 1\n`,
  )
  await chmod(browser, 0o700)
  const host = start([], { DISPLAY: ':0', GRANTLAB_BROWSER: browser })
  await expect.poll(host.addresses, { timeout: 10_000 }).toHaveLength(1)
  const flags = (await readFile(`${browser}.args`, 'utf8')).split('\n')
  expect(flags[0]).toMatch(/^--app=http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}$/)
  expect(flags).toContain(`--user-data-dir=${join(folder, 'data', 'browser-profiles', 'window')}`)
  expect(flags).toContain('--no-sandbox')
  expect(host.errors.join()).toContain('The browser did not start')
  expect(flags[0]).not.toContain(new URL(host.addresses()[0] ?? '').hash)
  host.end()
  expect(await host.exitCode).toBe(0)
})

test.each([
  [['--port', 'x'], 'wants a number'],
  [['--port', '70000'], 'wants a number'],
  [['--prot', '1'], '--prot'],
  [['stray'], 'stray'],
  [['--secret', 'x'], 'NAME=ENVVAR'],
])('%j is wrong usage', async (args, words) => {
  const host = start(args)
  expect(await host.exitCode).toBe(2)
  expect(host.errors.join(' ')).toContain(words)
})

test('a port in use ends with 4 and a window that was not built with 5', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const port = String((other.address() as AddressInfo).port)
  const taken = start(['--no-open', '--port', port])
  expect(await taken.exitCode).toBe(4)
  expect(taken.errors.join(' ')).toContain(port)
  other.close()
  const unbuilt = start(['--no-open'], {}, { renderer: 'missing' })
  expect(await unbuilt.exitCode).toBe(5)
  expect(unbuilt.errors.join(' ')).toContain('npm run build')
})

test('help ends with 0 and names every flag', async () => {
  const host = start(['--help'])
  expect(await host.exitCode).toBe(0)
  for (const flag of [
    '--window electron|browser',
    '--no-open',
    '--port N',
    '--workspace',
    '--data-dir',
    '--secret',
    '--env-file',
  ]) {
    expect(host.printed.join()).toContain(flag)
  }
})
