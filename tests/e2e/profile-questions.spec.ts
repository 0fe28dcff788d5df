import type { Page } from '@playwright/test'
import { startHttpServer, type TestServer } from '../support/http-server.ts'
import { createTestCa } from '../support/test-ca.ts'
import { createTestPlayground, type TestPlayground } from '../support/test-engine.ts'
import { expectAccessible } from './support/axe.ts'
import type { TestHost } from './support/hosts.ts'
import { profileTextOf } from './support/profile-files.ts'
import { expect, expectOutcome, fillForm, run, test } from './support/window.ts'
import { writeProfiles } from './support/write-profiles.ts'

let server: TestServer | undefined
test.afterEach(async () => {
  await server?.close()
  server = undefined
})

/** Types a secret into the form that stands open, and waits until it is kept. */
async function enterSecret(window: Page, name: string, value: string): Promise<void> {
  const dialog = window.getByRole('dialog')
  await dialog.getByLabel(name).fill(value)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toBeHidden()
}

/** Writes profiles and takes the first into use. */
async function useProfile(window: Page, host: TestHost, files: Record<string, string>): Promise<void> {
  await window.getByRole('button', { name: 'Show the form instead' }).waitFor()
  await writeProfiles(host, files)
  await window.reload()
  const [name = ''] = Object.keys(files)
  await window.getByRole('button', { name: /^Profile:/ }).click()
  await window.getByRole('menuitemradio', { name }).click()
  await expect(window.getByRole('button', { name: /^Profile:/ })).toContainText(name)
}

test.describe('a server whose CA nobody trusts', () => {
  const ca = createTestCa('Acme private CA')

  async function startServer(): Promise<TestServer> {
    let origin = ''
    const started = await startHttpServer((_request, response) => {
      const document = { issuer: origin, authorization_endpoint: `${origin}/auth`, token_endpoint: `${origin}/token` }
      response.setHeader('content-type', 'application/json').end(JSON.stringify(document))
    }, ca.issue())
    origin = started.origin
    return started
  }

  test('is trusted for the profile, after its chain was looked at', async ({ window, host }) => {
    server = await startServer()
    await useProfile(window, host, { acme: `version: 1\nissuer: ${server.origin}\n` })
    await fillForm(window, 'Discover', {})
    await run(window)
    await expectOutcome(window, 'failed at Discover')
    await window.getByRole('button', { name: 'Trust a certificate for this profile…' }).click()
    const dialog = window.getByRole('dialog', { name: 'Trust a certificate for acme' })
    await expect(dialog.getByRole('radio', { name: /Acme private CA/ }).last()).toBeChecked()
    await expect(dialog).toContainText('can pass as any server to this profile')
    await expect(dialog.getByText(/^SHA-256/).first()).toBeVisible()
    await expectAccessible(window)
    await dialog.getByRole('button', { name: 'Trust it and run again' }).click()
    await expectOutcome(window, 'succeeded')
    expect(await profileTextOf(host, 'acme')).toContain('ca_file: certificates/acme')
  })

  test('is trusted for a copy, where the profile is the built-in one', async ({ window, host }) => {
    server = await startServer()
    await fillForm(window, 'Discover', { Issuer: server.origin })
    await run(window)
    await expectOutcome(window, 'failed at Discover')
    await window.getByRole('button', { name: 'Trust a certificate for this profile…' }).click()
    await window.getByRole('textbox', { name: /Save a copy of it/ }).fill('mine')
    await window.getByRole('button', { name: 'Trust it and run again' }).click()
    await expectOutcome(window, 'succeeded')
    await expect(window.getByRole('button', { name: /^Profile:/ })).toContainText('mine')
    expect(await profileTextOf(host, 'mine')).toContain('ca_file: certificates/mine')
  })
})

test.describe('secrets', () => {
  let playground: TestPlayground
  test.beforeAll(async () => {
    playground = await createTestPlayground()
  })
  test.afterAll(() => playground.close())

  const profileAt = (issuer: string) =>
    `version: 1\nissuer: ${issuer}\nclient_id: confidential\nclient_secret: {secret: acme_secret}\n`

  test('that has no value is asked for where the run stopped', async ({ window, host }) => {
    await useProfile(window, host, { acme: profileAt(playground.issuer) })
    await fillForm(window, 'Client credentials', {})
    await run(window)
    await window.getByRole('button', { name: 'Enter the secret…' }).click()
    await enterSecret(window, 'acme_secret', playground.secretOf('confidential'))
    await run(window)
    await expectOutcome(window, 'succeeded')
  })

  test('goes to another server only after somebody allowed it', async ({ window, host }) => {
    server = await startHttpServer((_request, response) => response.writeHead(404).end())
    await useProfile(window, host, { acme: profileAt(server.origin) })
    await window.getByRole('button', { name: 'Enter its secret' }).click()
    await enterSecret(window, 'acme_secret', playground.secretOf('confidential'))
    await writeProfiles(host, { acme: profileAt(playground.issuer) })
    await window.reload()
    await fillForm(window, 'Client credentials', {})
    await run(window)
    await window.getByRole('button', { name: 'Allow and run again…' }).click()
    const dialog = window.getByRole('dialog', { name: 'Let a secret go to another server?' })
    await expect(dialog).toContainText('acme_secret')
    await expect(dialog).toContainText(server.origin)
    await expect(dialog).toContainText(playground.issuer)
    await expectAccessible(window)
    await dialog.getByRole('button', { name: 'Allow and run again' }).click()
    await expectOutcome(window, 'succeeded')
  })
})

test.describe('a production profile', () => {
  const live = (issuer: string) =>
    `version: 1\ntitle: live\nproduction: true\nissuer: ${issuer}\nclient_id: confidential\n`

  test('asks for its name before something is destroyed', async ({ window, host }) => {
    server = await startHttpServer((_request, response) => response.writeHead(404).end())
    await useProfile(window, host, { live: live(server.origin) })
    await fillForm(window, 'Call an API', { Address: `${server.origin}/things/1` })
    await window.getByLabel('Method').fill('DELETE')
    await run(window)
    const dialog = window.getByRole('dialog', { name: /in live/ })
    await expect(dialog.getByRole('button', { name: 'Run' })).toBeDisabled()
    await expect(dialog).toContainText(`${server.origin}/things/1`)
    await expect(dialog).toContainText('DELETE')
    await expectAccessible(window)
    await window.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
    expect(server.requests).toEqual([])
    await run(window)
    await dialog.getByLabel('Type live').fill('live')
    await window.keyboard.press('Enter')
    await expect(dialog).toBeHidden()
    await expect(window.getByText('A production profile asks first')).toBeHidden()
  })

  test('asks once before a secret is shown, not before it is copied', async ({ window, host }) => {
    const playground = await createTestPlayground()
    const text = `${live(playground.issuer)}client_secret: {secret: live_secret}\n`
    await useProfile(window, host, { live: text })
    await window.getByRole('button', { name: 'Enter its secret' }).click()
    await enterSecret(window, 'live_secret', playground.secretOf('confidential'))
    await fillForm(window, 'Client credentials', {})
    await run(window)
    await expectOutcome(window, 'succeeded')
    const mask = window.getByRole('button', { name: /^Reveal/ }).first()
    await mask.click()
    const dialog = window.getByRole('dialog', { name: 'Show a secret of live?' })
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await expect(mask).toBeVisible()
    await mask.click()
    await dialog.getByRole('button', { name: 'Show it' }).click()
    const shown = window.getByTitle('Press to hide.')
    await shown.click()
    await mask.click()
    await expect(dialog).toBeHidden()
    await expect(shown).toBeVisible()
    await playground.close()
  })
})

test('what a profile sets for the connection stands in one line', async ({ window, host }) => {
  const text = `version: 1\nissuer: https://login.acme.test\nproxy: http://proxy.acme.test:8080\ntimeout_seconds: 10\n`
  await useProfile(window, host, { acme: text })
  await fillForm(window, 'Discover', {})
  const heading = window.getByText('Proxy proxy.acme.test:8080 · Answer timeout 10')
  await expect(heading).toBeVisible()
  await heading.click()
  await expect(window.getByRole('textbox', { name: 'Proxy', exact: true })).toHaveValue('http://proxy.acme.test:8080')
})
