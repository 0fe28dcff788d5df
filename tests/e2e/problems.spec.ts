import { startConnectProxy } from '../support/connect-proxy.ts'
import { startHttpServer, type TestServer } from '../support/http-server.ts'
import { createTestCa } from '../support/test-ca.ts'
import { expect, expectOutcome, fillForm, run, test } from './support/window.ts'

const clientCredentials = { Client: 'confidential', 'Client secret': 'a-wrong-secret-1234' }

let server: TestServer | undefined
test.afterEach(async () => {
  await server?.close()
  server = undefined
})

test('wrong secret: what the token endpoint said, and the request it said it to', async ({ window }) => {
  await fillForm(window, 'Client credentials', clientCredentials)
  await run(window)
  await expectOutcome(window, 'failed at Token request')
  await expect(window.getByText('invalid_client').first()).toBeVisible()
  await window
    .getByRole('button', { name: /^Request \d+$/ })
    .first()
    .click()
  await expect(window.getByText('401').first()).toBeVisible()
  await expect(window.getByRole('complementary', { name: 'Details' })).not.toContainText(
    clientCredentials['Client secret'],
  )
})

test('unknown client', async ({ window }) => {
  await fillForm(window, 'Client credentials', { ...clientCredentials, Client: 'nobody' })
  await run(window)
  await expectOutcome(window, 'failed at Token request')
  await expect(window.getByText('invalid_client').first()).toBeVisible()
})

test('unreachable issuer', async ({ window }) => {
  await fillForm(window, 'Discover', { Issuer: 'http://127.0.0.1:9' })
  await run(window)
  await expectOutcome(window, 'failed at Discover')
  await expect(window.getByText(/127\.0\.0\.1:9/).first()).toBeVisible()
})

test('wrong issuer, and bad JSON', async ({ window }) => {
  let document = ''
  server = await startHttpServer((_request, response) => {
    response.setHeader('content-type', 'application/json').end(document)
  })
  document = JSON.stringify({ issuer: 'https://somebody-else.test' })
  await fillForm(window, 'Discover', { Issuer: server.origin })
  await run(window)
  await expectOutcome(window, 'failed at Discover')
  await expect(window.getByText('https://somebody-else.test').first()).toBeVisible()
  document = '{"issuer": '
  await run(window)
  await expect(window.getByText('not a JSON object').first()).toBeVisible()
})

test('the port of the redirect URI is in use', async ({ window }) => {
  server = await startHttpServer((_request, response) => response.end())
  await fillForm(window, 'Authorization code + PKCE', { 'Redirect URI': `${server.origin}/callback` })
  await run(window)
  await expectOutcome(window, 'failed at Authorize')
  await expect(window.getByText(String(server.port)).first()).toBeVisible()
})

test('a private CA: the chain is there to look at', async ({ window }) => {
  server = await startHttpServer((_request, response) => response.end(), createTestCa('Acme private CA').issue())
  await fillForm(window, 'Discover', { Issuer: server.origin })
  await run(window)
  await expectOutcome(window, 'failed at Discover')
  await expect(window.getByText('NODE_EXTRA_CA_CERTS').first()).toBeVisible()
  await window
    .getByRole('button', { name: /^Request \d+$/ })
    .first()
    .click()
  await window.getByRole('tab', { name: 'TLS' }).click()
  await expect(window.getByText('Acme private CA').first()).toBeVisible()
})

test.describe('behind a proxy', () => {
  let proxy: Awaited<ReturnType<typeof startConnectProxy>>
  test.use({
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads from this pattern which fixtures are wanted
    hostEnvironment: async ({}, use) => {
      proxy = await startConnectProxy({ credentials: 'user:right-password' })
      await use({ HTTPS_PROXY: `http://user:wrong-password@127.0.0.1:${proxy.port}` })
      await proxy.close()
    },
  })

  test('that wants another password', async ({ window }) => {
    await fillForm(window, 'Discover', { Issuer: 'https://auth.acme.test' })
    await run(window)
    await expectOutcome(window, 'failed at Discover')
    await expect(window.getByText(`127.0.0.1:${proxy.port}`).first()).toBeVisible()
    await expect(window.locator('body')).not.toContainText('wrong-password')
  })
})
