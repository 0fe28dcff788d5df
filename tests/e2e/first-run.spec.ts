import { expect, expectOutcome, openSignIn, signInAtPlayground, test } from './support/window.ts'

test('from the first button to a token, with a person’s hands', async ({ window, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await window.getByRole('button', { name: 'Run a sign-in against the built-in playground' }).click()
  const signIn = await openSignIn(context, window)
  await signInAtPlayground(signIn)
  await expect(signIn.getByRole('heading', { name: 'Signed in' })).toBeVisible()
  expect(signIn.url()).not.toContain('code=')

  await expectOutcome(window, 'succeeded')
  await expect(window.getByText('alice@example.test')).toBeVisible()
  // A page may use the clipboard only while it is in front, as it is for a person who clicks there.
  await window.bringToFront()
  await window.getByRole('button', { name: 'Copy access token' }).click()
  const clipboard = () => window.evaluate(() => navigator.clipboard.readText())
  await expect.poll(async () => (await clipboard()).split('.').length).toBe(3)
  const token = await clipboard()
  await expect(window.locator('body')).not.toContainText(token)
})

test('what a person got is used by one click: userinfo, with the token of whoever signed in', async ({
  window,
  context,
}) => {
  await window.getByRole('button', { name: 'Run a sign-in against the built-in playground' }).click()
  await signInAtPlayground(await openSignIn(context, window))
  await expectOutcome(window, 'succeeded')
  await window.getByRole('button', { name: 'Call userinfo' }).click()
  await expect(window.getByRole('heading', { level: 2, name: /^Run 2/ })).toContainText('succeeded')
  await expect(window.getByText('alice@example.test').first()).toBeVisible()
})

test('denied consent ends as what the server said', async ({ window, context }) => {
  await window.getByRole('button', { name: 'Run a sign-in against the built-in playground' }).click()
  const signIn = await openSignIn(context, window)
  await signInAtPlayground(signIn, 'Deny')
  await expectOutcome(window, 'failed at Authorize')
  await expect(window.getByText('access_denied').first()).toBeVisible()
})

test('a sign-in that nobody wants any more is cancelled in the place of Run', async ({ window }) => {
  await window.getByRole('button', { name: 'Run a sign-in against the built-in playground' }).click()
  await window.getByRole('button', { name: /^Cancel/ }).click()
  await expectOutcome(window, 'cancelled')
  await expect(window.getByRole('button', { name: /^Run again/ })).toBeVisible()
})

test('a reload in the middle of a sign-in loses nothing', async ({ window, context }) => {
  await window.getByRole('button', { name: 'Run a sign-in against the built-in playground' }).click()
  const signIn = await openSignIn(context, window)
  await window.reload()
  await signInAtPlayground(signIn)
  await expectOutcome(window, 'succeeded')
})
