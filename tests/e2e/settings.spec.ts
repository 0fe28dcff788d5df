import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expectAccessible } from './support/axe.ts'
import { expect, test } from './support/window.ts'

const passphrase = 'correct horse battery staple'

const inUse = (window: Page) => window.getByRole('region', { name: 'Keychain' }).locator('[aria-current=true]')

async function toSettings(window: Page): Promise<void> {
  await window.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'Settings' }).click()
  await window.getByRole('heading', { name: 'Appearance' }).waitFor()
}

async function moveUnderPassphrase(window: Page): Promise<void> {
  await window.getByRole('button', { name: 'Move there: Sealed by a passphrase' }).click()
  const dialog = window.getByRole('dialog', { name: 'Sealed by a passphrase' })
  await dialog.getByLabel('Passphrase', { exact: true }).fill('left again')
  await window.keyboard.press('Escape')
  await window.getByRole('button', { name: 'Move there: Sealed by a passphrase' }).click()
  await expect(dialog.getByLabel('Passphrase', { exact: true })).toHaveValue('')
  await dialog.getByLabel('Passphrase', { exact: true }).fill(passphrase)
  await dialog.getByLabel('The same once more').fill(`${passphrase} and more`)
  await expect(dialog.getByRole('alert')).toHaveText('The two differ.')
  await expect(dialog.getByRole('button', { name: 'Move everything there' })).toBeDisabled()
  await dialog.getByLabel('The same once more').fill(passphrase)
  await window.keyboard.press('Enter')
  await expect(inUse(window)).toContainText('Sealed by a passphrase')
}

test('the theme is kept and comes with the first paint', async ({ window }) => {
  await toSettings(window)
  const theme = () => window.evaluate(() => document.documentElement.dataset.theme)
  await window.getByRole('radio', { name: 'Dark' }).check()
  await expect.poll(theme).toBe('dark')
  await window.reload()
  await expect(window.getByRole('radio', { name: 'Dark' })).toBeChecked()
  expect(await theme()).toBe('dark')
})

test('what does not fit stays in its field with the reason, what fits is kept', async ({ window }) => {
  await toSettings(window)
  const proxy = window.getByLabel('Proxy')
  await proxy.fill('nonsense')
  await proxy.press('Enter')
  await expect(window.getByRole('alert')).toContainText('It wants an address')
  await expect(proxy).toHaveValue('nonsense')
  await expectAccessible(window)
  await proxy.press('Escape')
  await expect(proxy).toHaveValue('')
  const days = window.getByLabel('Days to keep a run')
  await days.fill('ninety')
  await days.press('Enter')
  await expect(window.getByRole('alert')).toHaveText('A whole number goes here.')
  await days.fill('7')
  await days.press('Tab')
  await expect(window.getByRole('contentinfo')).toContainText('Days to keep a run saved')
  await window.reload()
  await expect(window.getByLabel('Days to keep a run')).toHaveValue('7')
})

test('secrets move under a passphrase, are locked on every screen and open again', async ({ window }) => {
  await toSettings(window)
  await moveUnderPassphrase(window)
  await window.getByRole('button', { name: 'Lock', exact: true }).click()
  const notices = window.getByRole('region', { name: 'Notices' })
  await window.keyboard.press('6')
  await expect(notices).toContainText('Kept secrets and tokens are locked.')
  await expectAccessible(window)
  await notices.getByRole('button', { name: 'Unlock' }).click()
  const dialog = window.getByRole('dialog', { name: 'Unlock secrets and tokens' })
  await expect(dialog.getByLabel('Passphrase')).toBeFocused()
  await window.keyboard.type('something else')
  await window.keyboard.press('Enter')
  await expect(dialog.getByRole('alert')).toContainText('passphrase')
  await expectAccessible(window)
  await window.keyboard.press('Escape')
  await notices.getByRole('button', { name: 'Unlock' }).click()
  await expect(dialog.getByLabel('Passphrase')).toHaveValue('')
  await dialog.getByLabel('Passphrase').fill(passphrase)
  await window.keyboard.press('Enter')
  await expect(notices).toBeHidden()
  await window.getByRole('contentinfo').getByRole('button', { name: 'Secrets unlocked' }).click()
  await expect(window.getByRole('region', { name: 'Keychain' })).toBeFocused()
})

test('the keyboard alone moves secrets elsewhere, or leaves them', async ({ window }) => {
  await toSettings(window)
  await expect(inUse(window)).toContainText('In memory only')
  await expect(window.getByText('not available here')).toBeVisible()
  const move = window.getByRole('button', { name: 'Move there: Sealed by a passphrase' })
  await move.press('Enter')
  const dialog = window.getByRole('dialog', { name: 'Sealed by a passphrase' })
  await dialog.waitFor()
  await window.keyboard.press('Escape')
  await expect(move).toBeFocused()
  await moveUnderPassphrase(window)
  await window.getByRole('button', { name: 'Move there: In memory only' }).press('Enter')
  await window.getByRole('button', { name: 'Move everything there' }).press('Enter')
  await expect(inUse(window)).toContainText('In memory only')
  await expect(window.getByRole('contentinfo')).toContainText('Secrets in memory only')
})

test('diagnostics are shown before they are copied', async ({ window, host }) => {
  await toSettings(window)
  await window.getByRole('button', { name: 'Copy diagnostics…' }).click()
  const dialog = window.getByRole('dialog', { name: 'Copy diagnostics' })
  await expect(dialog.getByRole('region', { name: 'What is copied' })).toContainText(/Grantlab \d+\.\d+/)
  await expect(dialog.getByRole('button', { name: 'Copy this' })).toBeVisible()
  await expectAccessible(window)
  await window.keyboard.press('Escape')
  await expect(window.getByRole('region', { name: 'Data' })).toContainText(host.dataFolder)
})

test('everything is removed only after the words were typed, and the window begins anew', async ({ window, host }) => {
  await toSettings(window)
  await window.getByRole('radio', { name: 'Dark' }).check()
  await moveUnderPassphrase(window)
  await stat(join(host.dataFolder, 'settings.json'))
  await window.getByRole('button', { name: 'Remove everything…' }).click()
  const dialog = window.getByRole('dialog', { name: 'Remove everything' })
  const remove = dialog.getByRole('button', { name: 'Remove everything' })
  await expect(dialog.getByText('goes', { exact: true }).first()).toBeVisible()
  await dialog.getByRole('textbox').fill('remove')
  await expect(remove).toBeDisabled()
  await expectAccessible(window)
  await dialog.getByRole('textbox').fill('remove everything')
  await remove.click()
  await expect(dialog.getByText('removed', { exact: true }).first()).toBeVisible()
  await expect(dialog.getByText('not removed')).toHaveCount(0)
  await expect(stat(join(host.dataFolder, 'settings.json'))).rejects.toThrow('ENOENT')
  await dialog.getByRole('button', { name: 'Begin anew' }).click()
  await expect(window.getByRole('button', { name: /built-in playground/ })).toBeVisible()
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in Settings, ${colorScheme}`, async ({ window }) => {
    await window.emulateMedia({ colorScheme })
    await toSettings(window)
    await expectAccessible(window)
    await window.getByRole('button', { name: 'Move there: Sealed by a passphrase' }).click()
    await window.getByRole('dialog', { name: 'Sealed by a passphrase' }).waitFor()
    await expectAccessible(window)
  })
}
