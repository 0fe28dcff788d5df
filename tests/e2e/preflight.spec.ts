import type { Page } from '@playwright/test'
import { expectAccessible } from './support/axe.ts'
import { expect, expectOutcome, fillForm, run, test } from './support/window.ts'

const panel = (window: Page) => window.getByRole('region', { name: 'Registration', exact: true })
const headline = (window: Page) => panel(window).getByRole('button').first()

/** Registers a public native client over the form and makes a profile of it. */
async function registerOne(window: Page): Promise<void> {
  await window.keyboard.press('Control+k')
  await window.getByRole('dialog', { name: 'Command palette' }).waitFor()
  await window.keyboard.type('register a client')
  await window.getByRole('option', { name: /Register a client…/ }).click()
  const dialog = window.getByRole('dialog', { name: 'Register a client' })
  await dialog.getByRole('button', { name: /^Public native/ }).click()
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('Known one')
  await dialog.getByRole('textbox', { name: 'Scope', exact: true }).fill('openid ')
  await dialog.getByRole('button', { name: 'Register', exact: true }).click()
  await dialog.getByRole('textbox', { name: 'Name of a profile that uses it' }).fill('known')
  await dialog.getByRole('button', { name: 'Make a profile' }).click()
  await expect(window.getByRole('button', { name: /^Profile:/ })).toContainText(/known/i)
  await window.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'Run' }).click()
}

test.describe('before a run', () => {
  test('the form says what fits the registration and what will fail, byte by byte', async ({ window }) => {
    await registerOne(window)
    await fillForm(window, 'Authorization code + PKCE', {})
    await expect(headline(window)).toHaveText(/^Fits/)
    await window.getByRole('textbox', { name: 'Redirect URI', exact: true }).fill('http://localhost:8765/callback/')
    await window.getByRole('textbox', { name: 'Scope', exact: true }).fill('email')
    await window.keyboard.press('Tab')
    await expect(headline(window)).toHaveText('Will fail: Redirect URI, Scope')
    await headline(window).press('Enter')
    await expect(panel(window).getByText('It is not registered.')).toBeVisible()
    const marked = panel(window).getByRole('group', { name: 'Both addresses, aligned' }).locator('mark')
    await expect(marked.filter({ hasText: 'localhost' })).toBeVisible()
    await expect(marked.filter({ hasText: '127.0.0.1' })).toBeVisible()
    await expectAccessible(window)
    await window.emulateMedia({ colorScheme: 'dark' })
    await expectAccessible(window)
  })

  test('a run says it before anybody signs in', async ({ window }) => {
    await registerOne(window)
    await fillForm(window, 'Authorization code + PKCE', { 'Redirect URI': 'http://127.0.0.1:0/other' })
    await run(window)
    const before = window.getByRole('region', { name: 'Before it goes on' })
    await expect(before).toContainText('The redirect URI is not registered')
    await expect(window.getByText('waiting for the sign-in')).toBeVisible()
    await expectAccessible(window)
    await window.keyboard.press('Control+.')
    await expectOutcome(window, 'cancelled')
  })

  test('the server can be asked now', async ({ window }) => {
    await window.getByRole('button', { name: /^Profile:/ }).click()
    await window.getByRole('menuitemradio', { name: /Telnyx emulator/ }).click()
    await fillForm(window, 'Authorization code + PKCE', {})
    await expect(headline(window)).toHaveText('Nothing is known of this client')
    await headline(window).click()
    await panel(window).getByRole('button', { name: 'Ask the server now' }).click()
    await expect(panel(window).getByText('when it was last seen')).toBeVisible()
    await expect(headline(window)).not.toHaveText('Nothing is known of this client')
    await expectAccessible(window)
  })

  test('nothing stands there about a client that nobody knows', async ({ window }) => {
    await fillForm(window, 'Authorization code + PKCE', {})
    await expect(window.getByRole('textbox', { name: 'Client', exact: true })).toHaveValue('public')
    await expect(panel(window)).toBeHidden()
  })
})
