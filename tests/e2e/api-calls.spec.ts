import type { Page } from '@playwright/test'
import { expectAccessible } from './support/axe.ts'
import { startShortLivedTokens } from './support/short-lived-tokens.ts'
import { expect, expectOutcome, fillForm, run, test } from './support/window.ts'
import { writeProfiles } from './support/write-profiles.ts'

/** A sign-in by the form agent; answers the issuer. */
async function signIn(window: Page): Promise<string> {
  await fillForm(window, 'Authorization code + PKCE', {})
  await window.getByRole('radio', { name: 'Automatic' }).check()
  await run(window)
  await expectOutcome(window, 'succeeded')
  return window.getByRole('textbox', { name: 'Issuer' }).inputValue()
}

/** A field of the form; one that proposes values is a combobox. */
const field = (window: Page, name: string) =>
  window.getByRole('textbox', { name, exact: true }).or(window.getByRole('combobox', { name, exact: true }))
const runNumber = (window: Page, number: number) =>
  window.getByRole('heading', { level: 2, name: new RegExp(`^Run ${number} `) })

test('after a sign-in, userinfo is one click and shows its claims', async ({ window }) => {
  await signIn(window)
  await window.getByRole('button', { name: 'Call userinfo' }).click()
  await expect(runNumber(window, 2)).toContainText('succeeded')
  const answer = window.getByRole('region', { name: 'Answer', exact: true })
  await expect(answer).toContainText('200 OK')
  await expect(answer).toContainText('alice@example.test')
  await expect(answer.getByText('holds')).toHaveCount(1)
})

test('calling an API asks for its address, then shows status and body; a refusal is read out as a list', async ({
  window,
}) => {
  const issuer = await signIn(window)
  await window.getByRole('button', { name: 'Call an API' }).click()
  await expect(field(window, 'Address')).toBeFocused()
  await window.keyboard.type(`${issuer}/api/hello`)
  await window.keyboard.press('Enter')
  await expect(runNumber(window, 2)).toContainText('succeeded')
  const answer = window.getByRole('region', { name: 'Answer', exact: true })
  await expect(answer).toContainText('200 OK')
  await expect(answer.getByRole('region', { name: 'Answer body, text' })).toContainText('Hello alice')

  await window.getByRole('radio', { name: 'None' }).check()
  await run(window)
  await expect(runNumber(window, 3)).toContainText('failed at Call')
  await expect(answer.getByRole('definition').filter({ hasText: 'api:read' })).toBeVisible()
  await expect(answer).toContainText('No access token was sent.')
  await expectAccessible(window)
})

test('a body of several lines is sent as it is typed', async ({ window }) => {
  const issuer = await signIn(window)
  await window.getByRole('button', { name: 'Call an API' }).click()
  await field(window, 'Address').fill(`${issuer}/api/echo`)
  await field(window, 'Method').fill('POST')
  await window.getByRole('button', { name: /^Add one/ }).click()
  const body = field(window, 'Body')
  await body.fill('{\n  "text": "two lines, and more than forty characters"\n}')
  await expect(window.getByText('57 characters')).toBeVisible()
  await body.press('Control+Enter')
  await expect(runNumber(window, 2)).toContainText('succeeded')
  await window.getByRole('treeitem', { name: /POST \/api\/echo/ }).click()
  await expect(window.getByRole('region', { name: 'Request body, text' })).toContainText('more than forty')
})

test('a token that ends soon is renewed first, and the run shows it', async ({ window, host }) => {
  const server = await startShortLivedTokens()
  try {
    await writeProfiles(host, { short: server.profile })
    await window.reload()
    await window.getByRole('button', { name: /^Profile:/ }).click()
    await window.getByRole('menuitemradio', { name: /Short lives/ }).click()
    await window.getByRole('button', { name: /^Profile: Short lives/ }).waitFor()
    await fillForm(window, 'Authorization code + PKCE', {})
    await window.getByRole('radio', { name: 'Automatic' }).check()
    await window.getByRole('textbox', { name: 'Test user', exact: true }).fill('alice')
    await window.getByRole('textbox', { name: 'Password', exact: true }).fill('alice-password')
    await run(window)
    await expectOutcome(window, 'succeeded')
    await window.getByRole('button', { name: 'Call userinfo' }).click()
    await expect(runNumber(window, 2)).toContainText('succeeded')
    const diagram = window.getByRole('tree', { name: 'Steps and requests' })
    await expect(diagram.getByRole('treeitem', { name: /Step Refresh succeeded/ })).toBeVisible()
    await expect(window.getByRole('region', { name: 'Refreshed on the way' })).toContainText('new access token')
    await expectAccessible(window)
  } finally {
    await server.close()
  }
})

test('operations stand below what they are about', async ({ window }) => {
  await fillForm(window, 'Discover', {})
  const groups = await window
    .getByLabel('Operation')
    .locator('optgroup')
    .evaluateAll((all) => all.map((group) => [(group as HTMLOptGroupElement).label, group.children.length] as const))
  expect(groups.map(([label]) => label)).toEqual([
    'Get tokens',
    'APIs',
    'Inspect tokens',
    'Clients and grants',
    'Discovery',
  ])
  expect(groups.every(([, operations]) => operations > 0)).toBe(true)
})
