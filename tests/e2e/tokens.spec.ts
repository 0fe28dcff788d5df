import type { Page } from '@playwright/test'
import { expectAccessible } from './support/axe.ts'
import { startShortLivedTokens } from './support/short-lived-tokens.ts'
import { expect, expectOutcome, fillForm, run, test } from './support/window.ts'
import { writeProfiles } from './support/write-profiles.ts'

async function signIn(window: Page, password = ''): Promise<void> {
  await fillForm(window, 'Authorization code + PKCE', {})
  await window.getByRole('radio', { name: 'Automatic' }).check()
  if (password) {
    await window.getByRole('textbox', { name: 'Test user', exact: true }).fill('alice')
    await window.getByRole('textbox', { name: 'Password', exact: true }).fill(password)
  }
  await run(window)
  await expectOutcome(window, 'succeeded')
}

const places = (window: Page) => window.getByRole('navigation', { name: 'Places' })
const goTo = (window: Page, place: string) => places(window).getByRole('button', { name: place }).click()
const tree = (window: Page) => window.getByRole('tree', { name: 'Kept tokens' })
const rows = (window: Page) => tree(window).getByRole('treeitem')

test.describe('tokens', () => {
  test('an empty list says what to do, and what a sign-in brings stands there', async ({ window }) => {
    await goTo(window, 'Tokens')
    await expect(window.getByText('No tokens yet. Run a sign-in and they appear here.')).toBeVisible()
    await window.getByRole('main').getByRole('button', { name: 'Run…' }).click()
    await signIn(window)
    await goTo(window, 'Tokens')
    await expect(rows(window)).toHaveText([/^Playground/, /^alice/, /^Access token/, /^ID token/, /^Refresh token/])
    await expect(rows(window).nth(2)).toContainText(/in 9 m \d+ s/)
    await expect(window.getByRole('button', { name: 'Copy access token', exact: true })).toBeVisible()
  })

  test('are found, shown and taken away again', async ({ window }) => {
    await signIn(window)
    await goTo(window, 'Tokens')
    await window.getByRole('textbox', { name: 'Filter' }).fill('alice refresh')
    await expect(rows(window)).toHaveCount(3)
    await window.getByRole('textbox', { name: 'Filter' }).fill('nobody')
    await expect(window.getByText('No kept token fits.')).toBeVisible()
    await window.getByRole('button', { name: 'Show all' }).click()
    await expect(rows(window)).toHaveCount(5)

    const detail = window.getByRole('region', { name: 'Access token' })
    await rows(window).filter({ hasText: 'Access token' }).click()
    await detail.getByRole('button', { name: /^Reveal/ }).click()
    await expect(detail.getByText(/^eyJ/)).toBeVisible()

    await window.getByRole('button', { name: 'Forget this family…' }).click()
    await expect(window.getByRole('dialog')).toContainText('The server is told nothing')
    await window.getByRole('button', { name: 'Forget 3 tokens' }).click()
    await expect(window.getByText('No tokens yet.')).toBeVisible()
  })

  test('are refreshed where they stand, in the run', async ({ window }) => {
    await signIn(window)
    await goTo(window, 'Tokens')
    await window.getByRole('button', { name: 'Refresh', exact: true }).click()
    await expect(window.getByRole('heading', { level: 2, name: /^Run 2/ })).toContainText('succeeded')
    await goTo(window, 'Tokens')
    await expect(rows(window).filter({ hasText: 'Access token' })).toContainText(/2$/)
  })

  test('the keyboard alone goes there, walks the list and forgets', async ({ window }) => {
    await signIn(window)
    await window.getByRole('heading', { level: 2, name: /^Run/ }).click()
    await window.keyboard.press('3')
    await expect(window.getByRole('heading', { name: 'Tokens & secrets' })).toBeVisible()
    await tree(window).focus()
    await window.keyboard.press('Home')
    await expect(window.getByRole('region', { name: 'Playground' })).toContainText('3 tokens in 1 family')
    await window.keyboard.press('End')
    await expect(window.getByRole('button', { name: 'Copy refresh token', exact: true })).toBeVisible()
    await window.keyboard.press('/')
    await expect(window.getByRole('textbox', { name: 'Filter' })).toBeFocused()
    await tree(window).focus()
    await window.keyboard.press('Delete')
    await window.getByRole('dialog').waitFor()
    // What cannot be taken back is one Tab away from Enter.
    await window.keyboard.press('Tab')
    await window.keyboard.press('Enter')
    await expect(window.getByText('No tokens yet.')).toBeVisible()
  })

  test('of a production profile ask before they are shown', async ({ window, host }) => {
    const server = await startShortLivedTokens({ production: true })
    try {
      await writeProfiles(host, { prod: server.profile })
      await window.reload()
      await window.getByRole('button', { name: /^Profile:/ }).click()
      await window.getByRole('menuitemradio', { name: /Short lives/ }).click()
      await window.getByRole('button', { name: /^Profile: Short lives/ }).waitFor()
      await signIn(window, 'alice-password')
      await goTo(window, 'Tokens')
      const reveal = window.getByRole('region', { name: 'Access token' }).getByRole('button', { name: /^Reveal/ })
      await reveal.click()
      await window.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
      await expect(window.getByText(/^eyJ/)).toHaveCount(0)
      await reveal.click()
      await window.getByRole('dialog').getByRole('button', { name: 'Show it' }).click()
      await expect(window.getByText(/^eyJ/)).toBeVisible()
    } finally {
      await server.close()
    }
  })
})

test.describe('secrets', () => {
  test.use({ hostEnvironment: { GRANTLAB_SECRET_OF_ENVIRONMENT: 'value-of-the-environment' } })
  const profiles = {
    staging: 'version: 1\nissuer: https://as.test\nclient_id: c\nclient_secret: { secret: of_staging }\n',
    dev: 'version: 1\nissuer: https://dev.test\nclient_id: c\nclient_secret: { secret: of_environment }\n',
  }
  const secrets = (window: Page) => window.getByRole('tree', { name: 'Secrets' }).getByRole('treeitem')

  test.beforeEach(async ({ window, host }) => {
    await writeProfiles(host, profiles)
    await goTo(window, 'Tokens')
    await window.reload()
    await window.getByRole('tab', { name: /Secrets/ }).click()
  })

  test('are set, replaced and removed; those of the environment are only shown', async ({ window }) => {
    await expect(secrets(window).filter({ hasText: 'of_staging' })).toContainText('no value here')
    await secrets(window).filter({ hasText: 'of_staging' }).click()
    await window.getByRole('textbox', { name: 'Value' }).fill('a-secret-value-1')
    await window.getByRole('button', { name: 'Save' }).click()
    await expect(secrets(window).filter({ hasText: 'of_staging' })).toContainText('kept')
    await expect(window.getByRole('region', { name: 'of_staging' })).toContainText('https://as.test')

    await window.getByRole('textbox', { name: 'New value' }).fill('a-secret-value-2')
    await window.getByRole('button', { name: 'Replace' }).click()
    await expect(window.getByRole('textbox', { name: 'New value' })).toHaveValue('')

    await window.getByRole('button', { name: 'Remove…' }).click()
    await window.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
    await expect(secrets(window).filter({ hasText: 'of_staging' })).toContainText('no value here')

    await secrets(window).filter({ hasText: 'of_environment' }).click()
    await expect(window.getByText(/given where Grantlab was started/)).toBeVisible()
    await expect(window.getByRole('textbox', { name: /alue/ })).toHaveCount(0)
  })

  test('a new one is set by name, and a name that cannot be is refused with words', async ({ window }) => {
    await window.getByRole('button', { name: 'New secret…' }).click()
    const dialog = window.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Not a name')
    await dialog.getByRole('textbox', { name: 'Value' }).fill('a-secret-value')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog.getByRole('alert')).toBeVisible()
    await dialog.getByRole('textbox', { name: 'Name' }).fill('for_later')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(secrets(window).filter({ hasText: 'for_later' })).toHaveAttribute('aria-selected', 'true')
  })
})

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`axe finds nothing, ${colorScheme}`, () => {
    test.use({ colorScheme })

    test('empty, full, chosen, asked', async ({ window, host }) => {
      await goTo(window, 'Tokens')
      await window.getByText('No tokens yet.').waitFor()
      await expectAccessible(window)
      await goTo(window, 'Run')
      await signIn(window)
      await goTo(window, 'Tokens')
      await rows(window).first().waitFor()
      await expectAccessible(window)
      await rows(window).first().click()
      await window.getByRole('button', { name: /^Forget all of this profile/ }).click()
      await window.getByRole('dialog').waitFor()
      await expectAccessible(window)
      await window.keyboard.press('Escape')
      await writeProfiles(host, { staging: 'version: 1\nissuer: https://as.test\nclient_secret: { secret: s }\n' })
      await window.getByRole('tab', { name: /Secrets/ }).click()
      await window.getByRole('button', { name: 'Read again (R)' }).click()
      await window.getByRole('tree', { name: 'Secrets' }).waitFor()
      await expectAccessible(window)
      await window.getByRole('button', { name: 'New secret…' }).click()
      await window.getByRole('dialog').waitFor()
      await expectAccessible(window)
    })
  })
}
