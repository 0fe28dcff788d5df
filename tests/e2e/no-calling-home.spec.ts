import { writeProfiles } from './support/write-profiles.ts'
import { watchNetwork, type WatchedNetwork } from '../support/watched-network.ts'
import { expect, expectOutcome, openSignIn, signInAtPlayground, test as base } from './support/window.ts'

/** A host whose every connection is written down, and which has no way out but a proxy that refuses all. */
const test = base.extend<{ network: WatchedNetwork }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from the pattern
  network: async ({}, use) => {
    const network = await watchNetwork()
    await use(network)
    await network.close()
  },
  hostEnvironment: async ({ network }, use) => {
    await use(network.environment)
  },
})

test('the window and its host reach this machine alone', async ({ context, page, network, host, window }) => {
  await writeProfiles(host, { acme: 'version: 1\ntitle: Acme\nissuer: https://login.acme.test\nclient_id: web\n' })
  const asked = new Set<string>()
  context.on('request', (request) => asked.add(new URL(request.url()).hostname))
  page.on('websocket', (socket) => asked.add(new URL(socket.url()).hostname))
  const first = window.getByRole('button', { name: 'Run a sign-in against the built-in playground' })
  await first.waitFor()
  await window.reload()
  await first.click()
  await signInAtPlayground(await openSignIn(context, window))
  await expectOutcome(window, 'succeeded')
  for (const place of await window.getByRole('navigation', { name: 'Places' }).getByRole('button').all()) {
    await place.click()
    await window.waitForLoadState('networkidle')
  }
  // The editor brings workers of its own.
  await window.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'Profiles' }).click()
  await window.getByRole('option', { name: /Acme/ }).click()
  await window.getByRole('tab', { name: 'YAML' }).click()
  await expect(window.getByText('https://login.acme.test').first()).toBeVisible()
  await window.waitForLoadState('networkidle')
  const isOwn = (name: string) => /^(?:127\.0\.0\.1|(?:.*\.)?localhost|)$/.test(name)
  expect([...asked].filter((name) => !isOwn(name))).toEqual([])
  expect(asked).toContain('127.0.0.1')
  const hosts = await network.hosts()
  expect(hosts).toContain('watching')
  expect(hosts.filter((name) => name !== 'watching' && !isOwn(name))).toEqual([])
  expect(network.requests).toEqual([])
})
