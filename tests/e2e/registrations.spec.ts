import { expectAccessible } from './support/axe.ts'
import { list, openClients, row, tab, test } from './support/emulator-window.ts'
import { profileTextOf } from './support/profile-files.ts'
import { expect, expectOutcome, fillForm, run } from './support/window.ts'

test('what was registered here: read, made a profile of, cleaned up with a result for each', async ({ window }) => {
  for (const name of ['First app', 'Second app']) {
    await fillForm(window, 'Register a client', { Name: name, 'Redirect URIs': 'http://127.0.0.1/callback' })
    await run(window)
    await expectOutcome(window, 'succeeded')
  }
  await window.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'Clients' }).click()
  await tab(window, /^Registered/).click()
  await row(window, 'First app').click()
  const detail = window.getByRole('region', { name: 'First app', exact: true })
  await expect(detail).toContainText(/registered_[0-9a-f]{8}_client_secret/)
  await detail.getByRole('button', { name: 'Read', exact: true }).click()
  await expect(window.getByText('First app read')).toBeVisible()
  await expectAccessible(window)
  await detail.getByRole('button', { name: 'Make a profile…' }).click()
  await window.getByRole('dialog').getByLabel('Name of the file').fill('first')
  await window.keyboard.press('Enter')
  await expect(window.getByText('first.yaml')).toBeVisible()
  await window.keyboard.press('5')
  await window.getByRole('button', { name: 'Clean up…' }).click()
  await expect(window.getByRole('dialog').getByRole('listitem')).toHaveCount(2)
  await window.getByRole('button', { name: 'Delete 2 clients at the server' }).click()
  const result = window.getByRole('region', { name: 'Deleting at the server', exact: true })
  await expect(result.getByRole('status')).toHaveText('2 deleted')
  await expect(row(window, 'First app')).toContainText('gone')
  await expectAccessible(window)
  await row(window, 'Second app').click()
  await window.getByRole('button', { name: 'Forget…' }).click()
  await window.getByRole('dialog').getByRole('button', { name: 'Forget', exact: true }).click()
  await expect(row(window, 'Second app')).toHaveCount(0)
})

test('a create whose answer was cut is unknown, and looking finds what was made', async ({
  window,
  emulator,
  host,
}) => {
  await openClients(window, { emulator, host })
  await emulator.fault({ match: { method: 'POST', path: '/v2/oauth_clients' }, fault: 'cut-body' })
  await window.keyboard.press('1')
  await fillForm(window, 'Create a client', { Name: 'Cut client', 'Redirect URIs': 'http://127.0.0.1/callback' })
  await window.getByLabel('Grant types').fill('authorization_code')
  await window.getByRole('textbox', { name: 'Scope' }).fill('messaging.read')
  await run(window)
  await expectOutcome(window, 'failed')
  await window.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'Clients' }).click()
  await tab(window, /^Registered/).click()
  await expect(row(window, 'Cut client')).toContainText('unknown: look')
  await window.getByRole('button', { name: 'Look', exact: true }).click()
  await expect(window.getByText('1 client', { exact: true })).toBeVisible()
  await expect(row(window, 'Cut client')).toBeVisible()
})

test('a client is written into a new profile, which is shown then', async ({ window, emulator, host }) => {
  await openClients(window, { emulator, host })
  await list(window)
  await row(window, 'Example app').click()
  await window.getByRole('button', { name: 'Use in profile…' }).click()
  const dialog = window.getByRole('dialog', { name: 'Use this client in a profile' })
  await dialog.getByLabel('Profile').selectOption('a new profile')
  await dialog.getByLabel('Name of the file').fill('example')
  await expectAccessible(window)
  await dialog.getByRole('button', { name: 'Make the profile' }).click()
  await expect(window.getByText('example.yaml')).toBeVisible()
  const text = await profileTextOf(host, 'example')
  expect(text).toContain(`client_id: ${emulator.info.client_id}`)
  expect(text).toContain('redirect_uri: http://127.0.0.1:0/callback')
  expect(text).toContain('secret: emulator_key')
})
