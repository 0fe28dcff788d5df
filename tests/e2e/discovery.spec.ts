import { generateKeyPairSync } from 'node:crypto'
import type { Page } from '@playwright/test'
import type { TestServer } from '../support/http-server.ts'
import { soundMetadata, startMetadataServer, type Answer } from '../support/metadata-server.ts'
import { createTestPlayground, type TestPlayground } from '../support/test-engine.ts'
import { expectAccessible } from './support/axe.ts'
import { expect, expectOutcome, test } from './support/window.ts'

const openId = '/.well-known/openid-configuration'
const oauth = '/.well-known/oauth-authorization-server'
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })
const keyCount = 40_000
const manyKeys = () => ({
  keys: Array.from({ length: keyCount }, (_, index) => ({
    ...ec,
    kid: `key-${index}`,
    use: 'sig',
    note: 'x'.repeat(340),
  })),
})
const largeMetadata = {
  ...soundMetadata,
  userinfo_endpoint: 'ISSUER/userinfo',
  introspection_endpoint: 'ISSUER/introspect',
  revocation_endpoint: 'ISSUER/revoke',
  end_session_endpoint: 'ISSUER/logout',
  service_documentation: 'https://docs.example.test/',
  op_tos_uri: 'javascript:alert(1)',
  claims_supported: Array.from({ length: 150 }, (_, index) => `claim_${index}`),
  ...Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`vendor_field_${index}`, `value ${index}`])),
}
const brokenMetadata = {
  ...soundMetadata,
  token_endpoint: 'javascript:alert(1)',
  jwks_uri: 'file:///etc/passwd',
  response_types_supported: 'code',
  code_challenge_methods_supported: ['plain'],
  id_token_signing_alg_values_supported: ['none'],
}
const twice = (document: object, more: Record<string, Answer> = {}): Record<string, Answer> => ({
  [openId]: document,
  [oauth]: document,
  '/jwks': { keys: [{ ...ec, kid: 'a', alg: 'ES256', use: 'sig' }] },
  ...more,
})

let servers: TestServer[] = []
let playground: TestPlayground
test.beforeAll(async () => {
  playground = await createTestPlayground()
})
test.afterAll(() => playground.close())
test.afterEach(async () => {
  await Promise.all(servers.map((server) => server.close()))
  servers = []
})

async function serve(paths: Record<string, Answer>): Promise<string> {
  const server = await startMetadataServer(paths)
  servers.push(server)
  return server.origin
}

const field = (window: Page) => window.getByRole('textbox', { name: /^Paste an issuer/ })
const tab = (window: Page, name: RegExp | string) => window.getByRole('tab', { name })
const found = (window: Page) => window.getByRole('region', { name: 'What was found' })

async function toDiscovery(window: Page): Promise<void> {
  await window.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'Discovery' }).click()
  await field(window).waitFor()
}

async function discover(window: Page, text: string): Promise<void> {
  await toDiscovery(window)
  await field(window).fill(text)
  await field(window).press('Enter')
  await expect(found(window)).toContainText(/requests in/)
}

test('a pasted issuer shows what the server can do, its fields and its keys', async ({ window }) => {
  const issuer = await serve(twice(largeMetadata))
  await discover(window, issuer)
  await expect(found(window)).toContainText(issuer)
  await expect(window.getByRole('list', { name: 'Locations that were tried' }).getByRole('listitem')).toHaveCount(2)
  const capabilities = window.getByRole('region', { name: 'Capabilities' })
  await expect(capabilities).toContainText('PKCE')
  await expect(capabilities).toContainText('S256')
  await expect(window.getByRole('region', { name: 'Endpoints' })).toContainText(`${issuer}/userinfo`)

  await tab(window, 'Fields').click()
  const fields = window.getByRole('region', { name: 'Fields', exact: true })
  await expect(fields).toContainText('The name of the server')
  const filter = window.getByRole('textbox', { name: 'Filter fields' })
  await filter.fill('vendor_field_7')
  await expect(fields).toContainText('No specification known here has it')
  await filter.fill('documentation')
  await expect(fields.getByRole('link', { name: 'https://docs.example.test/' })).toBeVisible()
  await filter.fill('op_tos_uri')
  await expect(fields).toContainText('javascript:alert(1)')
  expect(
    await fields.locator('a').evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).protocol)),
  ).not.toContain('javascript:')

  await tab(window, /Keys/).click()
  await window.getByRole('listbox', { name: 'Keys' }).focus()
  await expect(window.getByRole('option', { selected: true })).toContainText('EC P-256')
  await expect(window.getByRole('region', { name: 'The chosen key' })).toContainText('Thumbprint')
})

test('a finding leads to its field, and nothing but http is a link', async ({ window }) => {
  await discover(window, await serve(twice(brokenMetadata)))
  await tab(window, /Findings/).click()
  const errors = window.getByRole('region', { name: 'Errors' })
  await expect(errors).toContainText('javascript:alert(1)')
  await errors.getByRole('button', { name: 'Go to token_endpoint' }).first().click()
  await expect(tab(window, 'Fields')).toHaveAttribute('aria-selected', 'true')
  await expect(window.locator('li:focus')).toContainText('token_endpoint')
  for (const name of ['Capabilities', 'Fields', /Findings/]) {
    await tab(window, name).click()
    const protocols = await window
      .locator('a[href]')
      .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).protocol))
    expect(protocols.filter((protocol) => !/^https?:$/.test(protocol))).toEqual([])
  }
})

test('one key among 40,000 is found by its kid, and copied', async ({ window, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']).catch(() => undefined)
  await discover(window, await serve(twice(soundMetadata, { '/jwks': manyKeys() })))
  await tab(window, /Keys/).click()
  await expect(window.getByText('the first 100 of 40,000 keys')).toBeVisible()
  await window.getByRole('textbox', { name: 'Search keys' }).fill('key-39998')
  await expect(window.getByText('1 key', { exact: true })).toBeVisible()
  await window.getByRole('textbox', { name: 'Search keys' }).press('Enter')
  await expect(window.getByRole('option', { selected: true })).toContainText('key-39998')
  await window.getByRole('button', { name: 'Copy JWK' }).click()
  await expect.poll(() => window.evaluate(() => navigator.clipboard.readText())).toContain('"kid": "key-39998"')
  await window.getByRole('button', { name: 'Copy PEM' }).click()
  await expect.poll(() => window.evaluate(() => navigator.clipboard.readText())).toContain('BEGIN PUBLIC KEY')
})

test('what changed since the last reading, and another server beside it', async ({ window }) => {
  const document: Record<string, unknown> = { ...soundMetadata }
  const issuer = await serve(twice(document))
  await discover(window, issuer)
  document.introspection_endpoint = 'ISSUER/introspect'
  await window.getByRole('button', { name: 'Read again' }).click()
  await expect(found(window)).toContainText(/requests in/)
  await tab(window, 'Compare').click()
  await expect(window.getByText('1 difference')).toBeVisible()
  await expect(window.getByRole('region', { name: 'Differences' })).toContainText('introspection_endpoint')

  const other = await serve(twice(largeMetadata))
  await window.getByRole('radio', { name: 'Another server' }).check()
  await window.getByRole('combobox', { name: 'Its issuer or address' }).fill(other)
  await window.keyboard.press('Enter')
  await expect(window.getByRole('region', { name: 'Differences' })).toContainText('vendor_field_0')
  await window.getByRole('radio', { name: 'Side by side' }).check()
  await expect(window.locator('.monaco-diff-editor .line-insert').first()).toBeVisible()
  await tab(window, 'Raw').click()
  await expect(window.locator('.monaco-editor .view-line').first()).toContainText('{')
})

test('an API names its authorization servers, each a step further', async ({ window }) => {
  const server = await serve(twice(soundMetadata))
  const api = await serve({
    '/.well-known/oauth-protected-resource/mcp': { resource: 'ISSUER/mcp', authorization_servers: [server] },
  })
  await discover(window, `${api}/mcp`)
  await expect(found(window)).toContainText('No server is there, but an API')
  await expect(window.getByRole('checkbox', { name: 'It is an API' })).toBeChecked()
  await expect(window.getByRole('region', { name: 'Fields', exact: true })).toContainText('authorization_servers')
  await window.getByRole('button', { name: server, exact: true }).click()
  await expect(tab(window, 'Capabilities')).toBeVisible()
  await expect(field(window)).toHaveValue(server)
})

test('configuration becomes a profile, with what the server does not take greyed', async ({ window }) => {
  await discover(window, `OIDC_ISSUER=${await serve(twice(soundMetadata))}\nOIDC_CLIENT_ID=my-app`)
  await window.getByRole('button', { name: 'Make a profile of it…' }).click()
  const dialog = window.getByRole('dialog', { name: 'New profile' })
  await expect(dialog.getByLabel('Client id')).toHaveValue('my-app')
  await expect(dialog.getByRole('option', { name: /secret.*not listed by the server/i }).first()).toBeDisabled()
  await window.keyboard.press('Escape')
  await window.getByRole('button', { name: 'Open the run' }).click()
  await expectOutcome(window, 'succeeded')
})

test('what cannot be found says what was tried', async ({ window }) => {
  const origin = await serve({})
  await toDiscovery(window)
  await field(window).fill('javascript:alert(1)')
  await field(window).press('Enter')
  await expect(window.getByRole('alert')).toContainText('cannot be read')
  await field(window).fill(origin)
  await field(window).press('Enter')
  await expect(window.getByRole('alert')).toContainText('None of these answered metadata')
  await expect(window.getByRole('list', { name: 'Locations that were tried' })).toContainText('404')
})

test('a server that does not answer can be cancelled, and what was found before is offered again', async ({
  window,
}) => {
  await toDiscovery(window)
  await discover(window, playground.issuer)
  const silent = await serve({ [openId]: () => undefined, [oauth]: () => undefined })
  await field(window).fill(silent)
  await field(window).press('Enter')
  await window.getByRole('button', { name: 'Cancel' }).click()
  await expect(window.getByRole('button', { name: 'Discover', exact: true })).toBeVisible()
  await window.getByRole('button', { name: 'Start over' }).click()
  await window.getByRole('button', { name: playground.issuer }).click()
  await expect(found(window)).toContainText(/requests in/)
})

test('the keyboard alone finds a server and reads its keys', async ({ window }) => {
  await window.getByRole('navigation', { name: 'Places' }).waitFor()
  await window.keyboard.press('2')
  await expect(field(window)).toBeFocused()
  await window.keyboard.type(playground.issuer)
  await window.keyboard.press('Enter')
  await expect(found(window)).toContainText(/requests in/)
  for (
    let presses = 0;
    presses < 60 && !(await tab(window, 'Capabilities').evaluate((node) => node === document.activeElement));
    presses++
  )
    await window.keyboard.press('Tab')
  await window.keyboard.press('ArrowRight')
  await window.keyboard.press('ArrowRight')
  await expect(tab(window, /Keys/)).toHaveAttribute('aria-selected', 'true')
  await window.keyboard.press('Tab')
  await window.keyboard.press('Tab')
  await window.keyboard.press('ArrowDown')
  await window.keyboard.press('End')
  await expect(window.getByRole('option', { selected: true })).toBeVisible()
})

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`axe finds nothing, ${colorScheme}`, () => {
    test.use({ colorScheme })

    const other = { ...brokenMetadata, scopes_supported: ['openid'], jwks_uri: 'ISSUER/jwks' }
    const differing = { ...twice(other), [oauth]: { ...other, scopes_supported: ['email'] } }

    test('empty, in each list of a broken server, and in a failure', async ({ window }) => {
      await toDiscovery(window)
      await expectAccessible(window)
      await discover(window, await serve(differing))
      for (const name of ['Capabilities', 'Fields', /Keys/, /Findings/]) {
        await tab(window, name).click()
        await expectAccessible(window)
      }
      await field(window).fill(await serve({}))
      await field(window).press('Enter')
      await expect(window.getByRole('alert')).toContainText('None of these')
      await expectAccessible(window)
    })

    test('in what came, and in two documents beside each other', async ({ window }) => {
      await discover(window, await serve(differing))
      await tab(window, 'Raw').click()
      await window.locator('.monaco-editor .view-line').first().waitFor()
      await expectAccessible(window)
      await tab(window, 'Compare').click()
      await expectAccessible(window)
      await window.getByRole('radio', { name: 'Side by side' }).check()
      await window.locator('.monaco-diff-editor .view-line').first().waitFor()
      await expectAccessible(window)
    })
  })
}
