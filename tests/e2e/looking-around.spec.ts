import { expect, expectOutcome, fillForm, run, test } from './support/window.ts'

/** A sign-in by the form agent, so that there is something to look at. */
test.beforeEach(async ({ window }) => {
  await fillForm(window, 'Authorization code + PKCE', {})
  await window.getByRole('radio', { name: 'Automatic' }).check()
  await run(window)
  await expectOutcome(window, 'succeeded')
})

test('Find scrolls to its hit, and Escape leads back step by step', async ({ window }) => {
  await window.getByRole('treeitem', { name: /POST \/token/ }).click()
  const find = window.getByRole('textbox', { name: 'Find in body' }).last()
  await find.fill('token_type')
  await expect(window.getByRole('region', { name: 'Answer body, text' }).getByText('token_type')).toBeInViewport()
  await find.press('Escape')
  await expect(find).toHaveValue('')
  await window.keyboard.press('Escape')
  await expect(find).not.toBeFocused()
  await window.keyboard.press('Escape')
  await expect(window.getByRole('tab', { name: 'Result' })).toBeVisible()
})

test('Refresh takes the kept token of the same user, and an earlier run comes back with its form', async ({
  window,
}) => {
  await window.getByRole('button', { name: 'Refresh' }).click()
  await expect(window.getByRole('heading', { level: 2, name: /^Run 2/ })).toContainText('succeeded')
  await expect(window.getByText('signature', { exact: false }).first()).toBeVisible()

  await window.keyboard.press('Control+k')
  await window.getByRole('dialog').getByRole('textbox').fill('open run 1')
  await window.keyboard.press('Enter')
  await expect(window.getByRole('heading', { level: 2, name: /^Run 1/ })).toContainText('succeeded')
  await expect(window.getByRole('radio', { name: 'Automatic' })).toBeChecked()
})

test('an address that was used already says so', { tag: '@browser' }, async ({ window, host, browser }) => {
  await expect(window.getByText('alice@example.test')).toBeVisible()
  const other = await (await browser.newContext()).newPage()
  await other.goto(host.address)
  await expect(other.getByText(/used already/).first()).toBeVisible()
  await other.context().close()
})
