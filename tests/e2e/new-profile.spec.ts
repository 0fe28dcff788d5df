import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTestPlayground, type TestPlayground } from '../support/test-engine.ts'
import { expect, expectOutcome, fillForm, run, test } from './support/window.ts'

let playground: TestPlayground
test.beforeAll(async () => {
  playground = await createTestPlayground()
})
test.afterAll(() => playground.close())

test('from a pasted issuer to a profile that signs in', async ({ window, host }) => {
  await window.getByRole('textbox', { name: 'or paste an issuer or a sign-in address' }).fill(playground.issuer)
  await window.getByRole('button', { name: 'Continue' }).click()
  const dialog = window.getByRole('dialog', { name: 'New profile' })
  await expect(dialog.getByLabel('Issuer', { exact: true })).toHaveValue(playground.issuer)
  // The proposed name comes with what discovery found; it must not come between selecting and typing.
  await expect(dialog.getByLabel('Name', { exact: true })).not.toHaveValue('')
  await dialog.getByLabel('Name', { exact: true }).fill('acme')
  await dialog.getByLabel('Client id').fill('confidential')
  await dialog.getByLabel('Client secret, if it has one').fill(playground.secretOf('confidential'))
  await dialog.getByRole('radio', { name: /any port/ }).check()
  await dialog.getByRole('button', { name: 'Save profile' }).click()
  await expect(dialog).toBeHidden()

  const file = await readFile(join(host.folder, 'workspace/profiles/acme.yaml'), 'utf8')
  expect(file).toContain(`issuer: ${playground.issuer}`)
  expect(file).not.toContain(playground.secretOf('confidential'))

  await expect(window.getByRole('button', { name: /^Profile: acme/ })).toBeVisible()
  await fillForm(window, 'Client credentials', {})
  await run(window)
  await expectOutcome(window, 'succeeded')
})

test('a sign-in address from the browser bar fills in client, redirect URI and scope', async ({ window }) => {
  const query =
    'client_id=my-app&redirect_uri=https%3A%2F%2Fapp.example.test%2Fcb&scope=openid%20email&response_type=code'
  const field = window.getByRole('textbox', { name: 'or paste an issuer or a sign-in address' })
  await field.fill(`${playground.issuer}/auth?${query}`)
  await field.press('Enter')
  const dialog = window.getByRole('dialog', { name: 'New profile' })
  await expect(dialog.getByLabel('Client id')).toHaveValue('my-app')
  await expect(dialog.getByRole('textbox', { name: /redirect URI|this one/i })).toHaveValue(
    'https://app.example.test/cb',
  )
  await expect(dialog.getByText('email', { exact: true })).toBeVisible()
})
