import type { Locator, Page } from '@playwright/test'
import { expectAccessible } from './support/axe.ts'
import { expect, expectOutcome, fillForm, openSignIn, run, signInAtPlayground, test } from './support/window.ts'

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`axe finds nothing, ${colorScheme}`, () => {
    test.use({ colorScheme })

    test('empty, waiting, succeeded, and each view of a request', async ({ window, context }) => {
      const start = window.getByRole('button', { name: 'Run a sign-in against the built-in playground' })
      await start.waitFor()
      await expectAccessible(window)
      await start.click()
      const signIn = await openSignIn(context, window)
      await expectAccessible(window)
      await expectAccessible(signIn)
      await signInAtPlayground(signIn)
      await expectAccessible(signIn)
      await expectOutcome(window, 'succeeded')
      await expectAccessible(window)
      await window.getByRole('treeitem', { name: /POST \/token/ }).click()
      for (const tab of ['Timing', 'TLS', 'HTTP']) {
        await window.getByRole('tab', { name: tab }).click()
        await expectAccessible(window)
      }
    })

    test('failed, findings and the command palette', async ({ window }) => {
      await fillForm(window, 'Client credentials', { Client: 'nobody', 'Client secret': 'a-wrong-secret-1234' })
      await run(window)
      await expectOutcome(window, 'failed at Token request')
      await expectAccessible(window)
      await window.getByRole('tab', { name: /Findings/ }).click()
      await expectAccessible(window)
      await window.keyboard.press('Control+k')
      await window.getByRole('dialog').waitFor()
      await expectAccessible(window)
    })
  })
}

/** Presses Tab until the element has the focus, as somebody without a mouse does. */
async function tabTo(page: Page, element: Locator): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    if (await element.evaluate((node) => node === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  await expect(element).toBeFocused()
}

test('the keyboard alone gets a token and reads the request that brought it', async ({ window }) => {
  const form = window.getByRole('button', { name: 'Show the form instead' })
  await form.waitFor()
  await tabTo(window, form)
  await window.keyboard.press('Enter')
  const systemBrowser = window.getByRole('radio', { name: 'System browser' })
  await systemBrowser.waitFor()
  await tabTo(window, systemBrowser)
  await window.keyboard.press('ArrowRight')
  await expect(window.getByRole('radio', { name: 'Automatic' })).toBeChecked()
  await window.keyboard.press('Enter')
  await expectOutcome(window, 'succeeded')
  await tabTo(window, window.getByRole('tree', { name: 'Steps and requests' }))
  await window.keyboard.press('End')
  await expect(window.getByRole('tab', { name: 'HTTP' })).toBeVisible()
  await window.keyboard.press('Escape')
  await expect(window.getByRole('tab', { name: 'Result' })).toBeVisible()
})

test('the window fits at its smallest and at a large size', async ({ window }) => {
  for (const viewport of [
    { width: 1280, height: 800 },
    { width: 1920, height: 1080 },
    { width: 900, height: 640 },
  ]) {
    await window.setViewportSize(viewport)
    await window.getByRole('button', { name: 'Run a sign-in against the built-in playground' }).waitFor()
    const overflow = await window.evaluate(() => document.documentElement.scrollWidth - globalThis.innerWidth)
    expect(overflow).toBeLessThanOrEqual(0)
  }
})
