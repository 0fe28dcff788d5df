import { expectAccessible } from './support/axe.ts'
import {
  consentAddress,
  grid,
  list,
  makeGrants,
  openClients,
  row,
  tab,
  test,
  useProfile,
} from './support/emulator-window.ts'
import { expect, expectOutcome } from './support/window.ts'

test('the built-in emulator: list, search, sort, detail, and the run that told it', async ({ window }) => {
  await useProfile(window, 'Telnyx emulator')
  await window.keyboard.press('5')
  await list(window)
  await expect(row(window, 'Example app')).toBeVisible()
  await expect(window.getByText('2 clients', { exact: true })).toBeVisible()
  await window.keyboard.press('/')
  await window.keyboard.type('machine client_credentials')
  await expect(row(window, 'Example app')).toHaveCount(0)
  await expect(window.getByText('1 of 2 clients')).toBeVisible()
  await window.keyboard.press('Escape')
  await window.getByRole('button', { name: 'Name', exact: true }).click()
  await window.getByRole('button', { name: 'Name', exact: true }).click()
  await expect(grid(window).getByRole('row').nth(1)).toContainText('Example machine')
  await row(window, 'Example app').click()
  const detail = window.getByRole('region', { name: 'Example app', exact: true })
  await expect(detail).toContainText('http://127.0.0.1/callback')
  await expect(detail).toContainText('record_type')
  await expect(detail.getByRole('region', { name: 'JSON of the client, text' })).toContainText('"client_id"')
  await detail.getByRole('button', { name: 'Read it again' }).click()
  await expect(detail.getByRole('button', { name: 'Read it again' })).toBeEnabled()
  await detail.getByRole('button', { name: 'Open the run that told this' }).click()
  await expectOutcome(window, 'succeeded')
})

test('an edit sends only what was changed, and a refused field says why at the field', async ({
  window,
  emulator,
  host,
}) => {
  await openClients(window, { emulator, host })
  await list(window)
  await row(window, 'Example app').click()
  await window.keyboard.press('e')
  const form = window.getByRole('form', { name: 'Edit the client' })
  await expect(form.getByRole('textbox', { name: 'Name' })).toBeFocused()
  await expect(form.getByRole('status')).toHaveText('Nothing changed yet')
  await form.getByRole('textbox', { name: 'Scope' }).fill('no.such.scope')
  await form.getByRole('button', { name: 'Save at the server' }).click()
  await expect(form.locator('[data-parameter=scope]').getByRole('alert')).toContainText('must be a subset of')
  await expect(form.getByRole('textbox', { name: 'Scope' })).toBeFocused()
  // The pane scrolls to the field, and not the window.
  await expect(window.getByRole('banner')).toBeInViewport({ ratio: 1 })
  await expectAccessible(window)
  await form.getByRole('button', { name: 'Remove no.such.scope' }).click()
  await form.getByRole('textbox', { name: 'Name' }).fill('Renamed app')
  await expect(form.getByRole('status')).toHaveText('1 change; only it is sent')
  await form.getByRole('button', { name: 'Save at the server' }).click()
  await expect(row(window, 'Renamed app')).toBeVisible()
  await expect(grid(window)).toBeFocused()
  const told = (await emulator.sdk().oauthClients.retrieve(emulator.info.client_id)).data
  expect(told?.name).toBe('Renamed app')
  expect(told?.redirect_uris).toEqual(['http://127.0.0.1/callback'])
})

test('an edit that fails as a whole keeps what was typed, and Escape leaves it', async ({ window, emulator, host }) => {
  await openClients(window, { emulator, host })
  await list(window)
  await row(window, 'Example app').click()
  await window.keyboard.press('e')
  const form = window.getByRole('form', { name: 'Edit the client' })
  await form.getByRole('textbox', { name: 'Name' }).fill('Renamed app')
  await emulator.fault({ match: { method: 'PUT', path: '/v2/oauth_clients/*' }, fault: 'status', status: 409 })
  await form.getByRole('button', { name: 'Save at the server' }).click()
  await expect(form.getByText('The management API refused the request')).toBeVisible()
  await expect(form.getByRole('button', { name: 'Save at the server' })).toBeFocused()
  await window.keyboard.press('Escape')
  await expect(form).toHaveCount(0)
  await expect(grid(window)).toBeFocused()
})

test('bulk revoke: asked by name, each row told, and what failed is tried again', async ({
  window,
  emulator,
  host,
}) => {
  await makeGrants(emulator, 5)
  await openClients(window, { emulator, host })
  await tab(window, /^Grants/).click()
  await list(window, 'grants')
  await expect(row(window, 'Example app')).toHaveCount(5)
  await expect(grid(window, 'Grants')).toBeFocused()
  await window.keyboard.press('Control+a')
  await window.keyboard.press('Delete')
  const dialog = window.getByRole('dialog', { name: 'Revoke 5 grants?' })
  await expect(dialog.getByRole('listitem')).toHaveCount(5)
  await expectAccessible(window)
  const path = '/v2/oauth_grants/*'
  await emulator.fault({ match: { method: 'DELETE', path }, fault: 'status', status: 409, after: 1 })
  await emulator.fault({ match: { method: 'DELETE', path }, fault: 'status', status: 404, after: 3 })
  await dialog.getByRole('button', { name: 'Revoke 5 grants' }).click()
  const result = window.getByRole('region', { name: 'Revoking grants', exact: true })
  await expect(result.getByRole('status')).toHaveText('3 revoked, 1 was gone before, 1 failed')
  await expect(result.getByRole('listitem').filter({ hasText: 'failed' })).toContainText('answered 409')
  await expectAccessible(window)
  await result.getByRole('button', { name: 'Try it again' }).click()
  await expect(result.getByRole('status')).toHaveText('4 revoked, 1 was gone before')
  await result.getByRole('button', { name: 'Put this result away' }).click()
  await expect(result).toHaveCount(0)
})

test('a production profile wants its name before a client is deleted', async ({ window, emulator, host }) => {
  await openClients(window, { emulator, host })
  await useProfile(window, 'Live')
  await expect(grid(window)).toHaveCount(0)
  await list(window)
  await row(window, 'Example machine').click()
  await window.keyboard.press('Delete')
  const dialog = window.getByRole('dialog', { name: 'Delete 1 client?' })
  await expect(dialog.getByRole('button', { name: 'Delete 1 client' })).toBeDisabled()
  await window.keyboard.type('live')
  await window.keyboard.press('Enter')
  await expect(window.getByRole('region', { name: 'Deleting clients', exact: true })).toContainText('1 deleted')
  await expect(row(window, 'Example machine')).toContainText('deleted')
  // Another profile of the same server was never asked, and shows nothing of it.
  await useProfile(window, 'Emulator')
  await expect(window.getByRole('button', { name: 'List the clients' })).toBeVisible()
})

test('a page that fails keeps what came, and goes on from there; a pause is told and stopped', async ({
  window,
  emulator,
  host,
}) => {
  const match = { method: 'GET', path: '/v2/oauth_clients' }
  await emulator.control('POST', '/emulator/clients', { count: 350 })
  await openClients(window, { emulator, host })
  await emulator.fault({ match, fault: 'status', status: 500, times: 3, after: 2 })
  await list(window)
  const broken = window.getByRole('alert').filter({ hasText: 'Page 3 of 4 failed' })
  await expect(broken).toContainText('200 of 352 are shown.')
  await expectAccessible(window)
  await broken.getByRole('button', { name: 'Retry from page 3' }).click()
  await expect(window.getByText('352 clients', { exact: true })).toBeVisible()
  await expect(broken).toHaveCount(0)
  await window.keyboard.press('End')
  await expect(row(window, 'Seeded client 00350')).toBeVisible()

  await emulator.fault({ match, fault: 'status', status: 429, retry_after: 50, after: 1 })
  await window.keyboard.press('r')
  await expect(window.getByText('Page 1 of 4, 100 of 352 clients')).toBeVisible()
  await expect(window.getByText(/asks to wait 50 s\. Goes on in/)).toBeVisible()
  await expectAccessible(window)
  await window.keyboard.press('Control+.')
  await expect(window.getByRole('button', { name: 'Go on from page 2' })).toBeVisible()
})

test('a key that is refused leads to the profile, and no number is told of what nobody knows', async ({
  window,
  emulator,
  host,
}) => {
  await openClients(window, { emulator, host })
  await emulator.fault({ match: { path: '/v2/oauth_clients' }, fault: 'status', status: 401 })
  await list(window)
  await expect(window.getByText('Check the API key')).toBeVisible()
  await expect(tab(window, /^Clients/)).toHaveText('Clients')
  await window.getByRole('button', { name: 'Open the profile' }).click()
  await expect(window.getByText('emulator.yaml')).toBeVisible()
})

test('the server is asked for some only, and finds none', async ({ window, emulator, host }) => {
  await openClients(window, { emulator, host })
  await window.getByRole('button', { name: 'Ask for some only…' }).click()
  await window.getByRole('textbox', { name: 'Name contains' }).fill('machine')
  await expectAccessible(window)
  await window.keyboard.press('Enter')
  await expect(window.getByText('1 client', { exact: true })).toBeVisible()
  await window.getByRole('button', { name: 'Ask the server…' }).click()
  await window.getByRole('textbox', { name: 'Name contains' }).fill('nobody')
  await window.keyboard.press('Enter')
  await expect(window.getByText('The server has no clients like these.')).toBeVisible()
  await window.getByRole('button', { name: 'Ask for all' }).first().click()
  await expect(window.getByText('2 clients', { exact: true })).toBeVisible()
})

test('a consent is looked at and approved; its token is not shown again', async ({ window, emulator, host }) => {
  await openClients(window, { emulator, host })
  await tab(window, /^Consent/).click()
  const field = window.getByLabel('Consent token, or the address of the consent page')
  const address = await consentAddress(emulator)
  await field.fill(address)
  await field.press('Enter')
  const request = window.getByRole('region', { name: 'Request for consent' })
  await expect(request).toContainText('Example app asks to be allowed')
  await expect(request).toContainText('messaging.read')
  await expect(field).toHaveValue('')
  expect(await window.content()).not.toContain(new URL(address).searchParams.get('consent_token'))
  await expectAccessible(window)
  await request.getByRole('button', { name: 'Approve' }).click()
  const decision = window.getByRole('region', { name: 'Decision' })
  await expect(decision).toContainText('Approved')
  await expect(decision).toContainText('code=')
  await expect(field).toBeFocused()
  await expectAccessible(window)
  await tab(window, /^Grants/).click()
  await list(window, 'grants')
  await expect(row(window, 'Example app')).toHaveCount(1)
})

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`what is not there, ${colorScheme}`, () => {
    test.use({ colorScheme })

    test('no list, no key, nothing yet: each says what to do next', async ({ window, emulator, host }) => {
      await openClients(window, { emulator, host })
      await expectAccessible(window)
      await tab(window, /^Grants/).click()
      await list(window, 'grants')
      await expect(window.getByText('There are no grants yet.')).toBeVisible()
      await expectAccessible(window)
      await tab(window, /^Registered/).click()
      await expect(window.getByText('Every client that is registered from here')).toBeVisible()
      await expectAccessible(window)
      await tab(window, /^Clients/).click()
      await list(window)
      await expect(row(window, 'Example app')).toBeVisible()
      await expectAccessible(window)
      await useProfile(window, 'Keyless')
      await expect(window.getByText('An API key is needed')).toBeVisible()
      await expectAccessible(window)
      await useProfile(window, 'Playground')
      await expect(window.getByText('This server lists no clients')).toBeVisible()
      await expectAccessible(window)
      // A built-in profile cannot be changed, so that one is named that can do it.
      await expect(window.getByRole('button', { name: 'Open the profile' })).toHaveCount(0)
      await expect(window.getByRole('button', { name: 'Use Telnyx emulator' })).toBeVisible()
      await window.getByRole('button', { name: 'See what was registered here' }).click()
      await expect(tab(window, /^Registered/)).toHaveAttribute('aria-selected', 'true')
      await tab(window, /^Clients/).click()
      await window.getByRole('button', { name: 'Use Telnyx emulator' }).click()
      await expect(window.getByRole('button', { name: 'List the clients' })).toBeVisible()
    })
  })
}

test('the keyboard alone lists, marks, deletes and looks at what became of it', async ({ window, emulator, host }) => {
  await emulator.control('POST', '/emulator/clients', { count: 5 })
  await openClients(window, { emulator, host })
  await expect(window.getByRole('button', { name: 'List the clients' })).toBeFocused()
  await window.keyboard.press('Enter')
  await expect(grid(window)).toBeFocused()
  await window.keyboard.press('End')
  await window.keyboard.press('Space')
  await window.keyboard.press('Shift+ArrowUp')
  await expect(window.getByRole('row', { selected: true })).toHaveCount(2)
  await window.keyboard.press('Delete')
  await expect(window.getByRole('dialog').getByRole('button', { name: 'Cancel' })).toBeFocused()
  await window.keyboard.press('Tab')
  await window.keyboard.press('Enter')
  await expect(window.getByRole('region', { name: 'Deleting clients', exact: true })).toContainText('2 deleted')
  await expect(grid(window)).toBeFocused()
  await window.keyboard.press('r')
  await expect(window.getByText('5 clients', { exact: true })).toBeVisible()
})
