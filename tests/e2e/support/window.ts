import { expect, test as base, type BrowserContext, type Page } from '@playwright/test'
import { startTestHost, type HostName, type TestHost } from './hosts.ts'

/** What a test of the window gets: a host of its own and the page that shows its window. */
export interface WindowFixtures {
  /** environment of the host; set with `test.use` */
  hostEnvironment: Record<string, string>
  host: TestHost
  window: Page
}

/** What a project decides. */
export interface HostOption {
  /** the host that the tests of a project run in */
  hostName: HostName
}

/** Playwright's test with a running window; a page error or a refused policy fails the test. */
export const test = base.extend<WindowFixtures & HostOption>({
  hostName: ['browser', { option: true }],
  hostEnvironment: [{}, { option: true }],
  host: async ({ hostName, hostEnvironment, page }, use) => {
    const faults: string[] = []
    page.on('pageerror', (error) => faults.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text())
    })
    const host = await startTestHost(hostName, { environment: hostEnvironment, page })
    await use(host)
    expect(faults).toEqual([])
    await host.close()
  },
  window: async ({ page, host: _ }, use) => {
    await use(page)
  },
})

export { expect }

/** Signs in at the playground's own pages, as a person would. */
export async function signInAtPlayground(page: Page, answer: 'Allow' | 'Deny' = 'Allow'): Promise<void> {
  await page.getByLabel('User name').fill('alice')
  await page.getByLabel('Password').fill('alice-password')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('button', { name: answer }).click()
}

/** Clicks the button that opens the sign-in page and answers the page it opened. */
export async function openSignIn(context: BrowserContext, window: Page): Promise<Page> {
  const opened = context.waitForEvent('page')
  await window.getByRole('button', { name: /^Open/ }).click()
  const page = await opened
  await page.waitForLoadState()
  return page
}

/** Waits until the run's headline says how it ended. */
export async function expectOutcome(window: Page, outcome: string | RegExp): Promise<void> {
  await expect(window.getByRole('heading', { level: 2, name: /^Run \d+/ })).toContainText(outcome)
}

/** Opens the form from the first screen, chooses an operation and fills in fields by their labels. */
export async function fillForm(window: Page, operation: string, fields: Record<string, string>): Promise<void> {
  const welcome = window.getByRole('button', { name: 'Show the form instead' })
  await welcome.or(window.getByLabel('Operation')).first().waitFor()
  if (await welcome.isVisible()) await welcome.click()
  await window.getByLabel('Operation').selectOption({ label: operation })
  for (const [label, value] of Object.entries(fields))
    await window.getByRole('textbox', { name: label, exact: true }).fill(value)
}

/** Presses the one primary button. */
export async function run(window: Page): Promise<void> {
  const primary = window.getByRole('button', { name: /^Run( again)?$/ }).and(window.locator('[type=submit]'))
  await primary.click()
}
