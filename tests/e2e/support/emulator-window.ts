import type { Locator, Page } from '@playwright/test'
import { startEmulatorBench, type EmulatorBench } from '../../support/telnyx-emulator.ts'
import type { TestHost } from './hosts.ts'
import { expect, test as windowTest } from './window.ts'
import { writeProfiles } from './write-profiles.ts'

/** A window whose host knows the API key of an emulator of its own, which a test can have fail. */
export const test = windowTest.extend<{ emulator: EmulatorBench }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads what a fixture needs from this pattern
  emulator: async ({}, use) => {
    const emulator = await startEmulatorBench()
    await use(emulator)
    await emulator.close()
  },
  hostEnvironment: async ({ emulator }, use) => use({ GRANTLAB_SECRET_EMULATOR_KEY: emulator.info.api_key }),
})

const profileOf = ({ issuer, base_url: base, client_id: client }: EmulatorBench['info'], title: string, more = '') =>
  [
    'version: 1',
    `title: ${title}`,
    `issuer: ${issuer}`,
    'vendor: telnyx',
    `client_id: ${client}`,
    `api_base: ${base}`,
    more,
    '',
  ].join('\n')
const key = 'api_key:\n  secret: emulator_key'

/** Takes a profile into use by its title. */
export async function useProfile(window: Page, title: string): Promise<void> {
  await window.getByRole('button', { name: /^Profile:/ }).click()
  const titled = window.getByText(title, { exact: true })
  await window.getByRole('menuitemradio').filter({ has: titled }).click()
  await expect(window.getByRole('button', { name: `Profile: ${title}` })).toBeVisible()
}

/** A table of the screen. */
export const grid = (window: Page, name = 'Clients'): Locator => window.getByRole('grid', { name, exact: true })

/** Rows in which a text stands. */
export const row = (window: Page, text: string): Locator => window.getByRole('row').filter({ hasText: text })

/** A tab of the screen. */
export const tab = (window: Page, name: RegExp): Locator => window.getByRole('tab', { name })

/** Asks the server for the first time. */
export const list = (window: Page, noun = 'clients'): Promise<void> =>
  window.getByRole('button', { name: `List the ${noun}` }).click()

/** Opens the screen with a profile of the emulator; `Live` is production, and `Keyless` has no API key. */
export async function openClients(
  window: Page,
  { emulator, host }: { emulator: EmulatorBench; host: TestHost },
): Promise<void> {
  await writeProfiles(host, {
    emulator: profileOf(emulator.info, 'Emulator', key),
    live: profileOf(emulator.info, 'Live', `${key}\nproduction: true`),
    keyless: profileOf(emulator.info, 'Keyless'),
  })
  await window.reload()
  await useProfile(window, 'Emulator')
  await window.keyboard.press('5')
  await expect(window.getByRole('heading', { name: 'Clients and grants', level: 2 })).toBeVisible()
}

/** A sign-in that stops at the consent page: its address. */
export async function consentAddress({ info }: EmulatorBench): Promise<string> {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: info.client_id,
    redirect_uri: info.redirect_uri,
    scope: 'messaging.read voice.read',
    state: 'state-of-the-test',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  })
  const answer = await fetch(`${info.base_url}/oauth/authorize?${query}`, { redirect: 'manual' })
  return new URL(answer.headers.get('location')!, info.issuer).href
}

/** Approves so many sign-ins. */
export async function makeGrants(emulator: EmulatorBench, count: number): Promise<void> {
  for (let made = 0; made < count; made++) {
    const token = new URL(await consentAddress(emulator)).searchParams.get('consent_token')
    await emulator.control('POST', '/v2/oauth/grants', { allowed: true, consent_token: token })
  }
}
