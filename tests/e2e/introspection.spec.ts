import type { Page } from '@playwright/test'
import { expectAccessible } from './support/axe.ts'
import { startShortLivedTokens } from './support/short-lived-tokens.ts'
import { expect, expectOutcome, fillForm, run, test } from './support/window.ts'
import { writeProfiles } from './support/write-profiles.ts'

async function signIn(window: Page, password = ''): Promise<void> {
  await fillForm(window, 'Authorization code + PKCE', {})
  const choice = window.getByRole('radio', { name: 'Automatic' })
  if (await choice.isVisible()) await choice.check()
  else await window.getByRole('combobox', { name: 'Sign in with' }).selectOption({ label: 'Automatic' })
  if (password) {
    await window.getByRole('textbox', { name: 'Test user', exact: true }).fill('alice')
    await window.getByRole('textbox', { name: 'Password', exact: true }).fill(password)
  }
  await run(window)
  await expectOutcome(window, 'succeeded')
}

const goTo = (window: Page, place: string) =>
  window.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: place }).click()
const row = (window: Page, title: string) => window.getByRole('treeitem').filter({ hasText: title })

test.describe('a kept token', () => {
  test('is asked about: active, with its claims', async ({ window }) => {
    await signIn(window)
    await goTo(window, 'Tokens')
    await row(window, 'Refresh token').click()
    await window.getByRole('button', { name: 'Ask the server about it' }).click()
    await expect(window.getByRole('heading', { level: 2, name: /^Run 2/ })).toContainText('succeeded')
    const answer = window.getByRole('region', { name: 'Introspection' })
    await expect(answer.getByRole('heading', { name: 'Active' })).toBeVisible()
    await expect(answer).toContainText('public')
    await expectAccessible(window)
    await window.emulateMedia({ colorScheme: 'dark' })
    await expectAccessible(window)
  })

  test('is revoked after a question, and is not used any more', async ({ window }) => {
    await signIn(window)
    await goTo(window, 'Tokens')
    await row(window, 'ID token').click()
    await expect(window.getByRole('button', { name: 'Revoke…' })).toBeHidden()
    await row(window, 'Access token').click()
    await window.getByRole('button', { name: 'Revoke…' }).click()
    await expect(window.getByRole('dialog', { name: 'Revoke this access token?' })).toBeVisible()
    await expectAccessible(window)
    await window.getByRole('button', { name: 'Revoke the access token' }).click()
    await expect(window.getByRole('heading', { level: 2, name: /^Run 2/ })).toContainText('succeeded')
    await expect(window.getByRole('region', { name: 'Revocation' })).toContainText('Taken')
    await goTo(window, 'Tokens')
    await expect(row(window, 'Access token')).toContainText('expired')
  })

  test('of a production profile is revoked only after its name was typed', async ({ window, host }) => {
    const server = await startShortLivedTokens({ production: true })
    try {
      await writeProfiles(host, { prod: server.profile })
      await window.reload()
      await window.getByRole('button', { name: /^Profile:/ }).click()
      await window.getByRole('menuitemradio', { name: /Short lives/ }).click()
      await window.getByRole('button', { name: /^Profile: Short lives/ }).waitFor()
      await signIn(window, 'alice-password')
      await goTo(window, 'Tokens')
      await row(window, 'Refresh token').click()
      await window.getByRole('button', { name: 'Revoke…' }).click()
      const question = window.getByRole('dialog', { name: 'Revoke this refresh token?' })
      const revoke = question.getByRole('button', { name: 'Revoke the refresh token' })
      await expect(revoke).toBeDisabled()
      await question.getByRole('textbox').fill('prod')
      await revoke.click()
      await expect(window.getByRole('heading', { level: 2, name: /^Run 2/ })).toContainText('succeeded')
      await expect(window.getByRole('region', { name: 'Revocation' })).toContainText('Taken')
    } finally {
      await server.close()
    }
  })
})
