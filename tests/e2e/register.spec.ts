import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Locator, Page } from '@playwright/test'
import { expectAccessible } from './support/axe.ts'
import { profileTextOf } from './support/profile-files.ts'
import { expect, expectOutcome, fillForm, test } from './support/window.ts'
import { writeProfiles } from './support/write-profiles.ts'

const dialog = (window: Page) => window.getByRole('dialog', { name: 'Register a client' })

async function openDialog(window: Page): Promise<Locator> {
  await window.keyboard.press('Control+k')
  await window.getByRole('dialog', { name: 'Command palette' }).waitFor()
  await window.keyboard.type('register a client')
  await window.getByRole('option', { name: /Register a client…/ }).click()
  await dialog(window).waitFor()
  return dialog(window)
}

async function chooseProfile(window: Page, name: RegExp): Promise<void> {
  await window.getByRole('button', { name: /^Profile:/ }).click()
  await window.getByRole('menuitemradio', { name }).click()
  await expect(window.getByRole('button', { name: /^Profile:/ })).toContainText(name)
}

async function typeJson(window: Page, text: string): Promise<void> {
  await dialog(window).getByRole('tab', { name: 'JSON' }).click()
  await dialog(window).locator('.monaco-editor .view-lines').click()
  await window.keyboard.press('Control+a')
  await window.keyboard.press('Delete')
  await window.keyboard.insertText(text)
}

const field = (window: Page, name: string) => dialog(window).getByRole('textbox', { name, exact: true })
const submit = (window: Page): Promise<void> =>
  dialog(window).getByRole('button', { name: 'Register', exact: true }).click()

test.describe('registering a client', () => {
  test('keeps the secret that is shown once, makes a profile and signs in with it', async ({ window, host }) => {
    const shown = await openDialog(window)
    await expectAccessible(window)
    await shown.getByRole('button', { name: /^Confidential web application/ }).click()
    await expect(field(window, 'Name')).toBeFocused()
    await expectAccessible(window)
    await field(window, 'Name').fill('Shop \u202e door')
    await field(window, 'Redirect URIs').fill('http://127.0.0.1/callback')
    await submit(window)
    await expect(shown.getByRole('heading', { name: /Shop \\u\{202e\} door is registered/ })).toBeVisible()
    await expect(shown.getByText('Everything is as it was asked for')).toBeVisible()
    await expect(shown.getByText('The server gave a registration access token')).toBeVisible()
    const card = shown.getByRole('region', { name: 'Client secret' })
    await expect(card).toContainText(/keeps it as the secret registered_[\da-f]{8}_client_secret/)
    await expect(card).toContainText('It does not expire.')
    await expect(card.getByRole('button', { name: /^Reveal/ })).toHaveText(/^●●●● #[\da-f]{4}$/)
    await expectAccessible(window)
    await card.getByRole('button', { name: /^Reveal/ }).click()
    await expect(card.getByTitle('Press to hide.')).toHaveText(/^[\w-]{20,}$/)

    await field(window, 'Name of a profile that uses it').fill('door')
    await shown.getByRole('button', { name: 'Make it and sign in now' }).click()
    await expect(shown).toBeHidden()
    await expect(window.getByRole('button', { name: /^Profile:/ })).toContainText('door')
    await expect(window.getByText('waiting for the sign-in')).toBeVisible()
    await window.keyboard.press('Control+.')
    await expectOutcome(window, 'cancelled')
    const text = await profileTextOf(host, 'door')
    expect(text).toMatch(/client_secret:\s+\{\s*secret: registered_/)
  })

  test('a refusal stands at its field, and the form keeps everything', async ({ window }) => {
    const shown = await openDialog(window)
    await shown.getByRole('button', { name: /^Public native/ }).click()
    await field(window, 'Name').fill('Refused')
    await field(window, 'Redirect URIs').fill('not an address')
    await submit(window)
    await expect(shown.getByText('The server refused the registration')).toBeVisible()
    await expect(field(window, 'Redirect URIs')).toBeFocused()
    await expect(shown.locator('[data-parameter=redirect_uris]').getByRole('alert')).toContainText('valid')
    await expect(field(window, 'Name')).toHaveValue('Refused')
    await expectAccessible(window)
    await shown.getByRole('tab', { name: 'JSON' }).click()
    await expect(shown.getByRole('list', { name: 'What is wrong' }).getByRole('button')).toHaveText(/^\d+:3/)
    await shown.getByRole('tab', { name: 'Form' }).click()
    await field(window, 'Redirect URIs').fill('http://127.0.0.1/callback')
    await field(window, 'Name').focus()
    await expect(shown.locator('[data-parameter=redirect_uris]').getByRole('alert')).toBeHidden()
    await window.keyboard.press('Enter')
    await expect(shown.getByRole('heading', { name: /Refused is registered/ })).toBeVisible()
  })

  test('JSON is what is sent: with its mistake told at the line, and members that nobody knows', async ({ window }) => {
    const shown = await openDialog(window)
    await shown.getByRole('button', { name: /^Public native/ }).click()
    await typeJson(window, '{\n  "client_name": "By hand"\n  "x_own": 1\n}')
    await expect(shown.getByRole('list', { name: 'What is wrong' })).toContainText(/^3:\d+A , or \} is missing/)
    await submit(window)
    await expect(shown.getByText('The JSON cannot be read yet.')).toBeVisible()
    await expectAccessible(window)
    const document = {
      client_name: 'By hand',
      token_endpoint_auth_method: 'none',
      redirect_uris: ['http://127.0.0.1/cb'],
      x_own: { deep: true },
    }
    await typeJson(window, JSON.stringify(document))
    await shown.getByRole('tab', { name: 'Form' }).click()
    await expect(field(window, 'Name')).toHaveValue('By hand')
    await expect(shown.getByText('Only in the JSON: x_own')).toBeVisible()
    await submit(window)
    await expect(shown.getByText('1 member not as asked for')).toBeVisible()
    await expect(shown.getByRole('row', { name: /^x_own/ })).toHaveText(/x_own.*not taken.*\{"deep":true\}.*absent/)
    await expectAccessible(window)
    await shown.getByRole('button', { name: 'Open the run' }).click()
    await expectOutcome(window, 'succeeded')
    await window.getByText('POST /reg').click()
    await expect(window.getByText('"x_own"').first()).toBeVisible()
  })

  test('the keyboard alone registers one', async ({ window }) => {
    await window.emulateMedia({ colorScheme: 'dark' })
    const shown = await openDialog(window)
    await expect(shown.getByRole('button', { name: /^Public native/ })).toBeFocused()
    await window.keyboard.press('Enter')
    await expect(field(window, 'Name')).toBeFocused()
    await expectAccessible(window)
    await window.keyboard.type('Typed')
    await window.keyboard.press('Enter')
    await expect(field(window, 'Name of a profile that uses it')).toBeFocused()
    await expectAccessible(window)
    await window.keyboard.press('Escape')
    await expect(shown).toBeHidden()
  })

  test('a management API says what it does not take, then makes it', async ({ window }) => {
    await chooseProfile(window, /Telnyx emulator/)
    const shown = await openDialog(window)
    await shown.getByRole('button', { name: /^Machine/ }).click()
    await field(window, 'Name').fill('Night job')
    await submit(window)
    await expect(shown.locator('[data-parameter=scope]').getByRole('alert')).toHaveText('Telnyx wants it.')
    await expect(shown.getByRole('button', { name: 'Open the profile' })).toHaveCount(0)
    await field(window, 'Scope').fill('nobody.knows ')
    await submit(window)
    await expect(shown.getByText('The management API refused the request')).toBeVisible()
    await expect(shown.locator('[data-parameter=scope]').getByRole('alert')).toBeVisible()
    await expectAccessible(window)
    await shown.getByRole('button', { name: 'Remove nobody.knows' }).click()
    await field(window, 'Scope').fill('messaging.read ')
    await submit(window)
    await expect(shown.getByRole('region', { name: 'Client secret' })).toContainText('The server shows it this once.')
    await expect(shown.getByText('from here, over the management API')).toBeVisible()
    await shown.getByRole('button', { name: 'Open in Clients' }).click()
    await expect(window.getByRole('tab', { name: /^Registered here/ })).toHaveAttribute('aria-selected', 'true')
    await expect(window.getByText('Night job').first()).toBeVisible()
  })

  test('an answer that never came is looked for, not asked for again', async ({ window, host }) => {
    const server = createServer((request, response) => {
      if (request.method === 'POST') {
        request.socket.destroy()
        return
      }
      const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
      const metadata = {
        issuer,
        token_endpoint: `${issuer}/token`,
        registration_endpoint: `${issuer}/register`,
        response_types_supported: ['code'],
      }
      response.setHeader('content-type', 'application/json').end(JSON.stringify(metadata))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    try {
      const { port } = server.address() as AddressInfo
      await writeProfiles(host, { cut: `version: 1\ntitle: Cut off\nissuer: http://127.0.0.1:${port}\n` })
      await window.reload()
      await chooseProfile(window, /Cut off/)
      const shown = await openDialog(window)
      await shown.getByRole('button', { name: /^Machine/ }).click()
      await field(window, 'Name').fill('Lost')
      await submit(window)
      await expect(shown.getByText('Nobody knows whether it was done')).toBeVisible()
      await expect(field(window, 'Name')).toHaveValue('Lost')
      await expectAccessible(window)
      await shown.getByRole('button', { name: 'Look', exact: true }).click()
      await expect(window.getByRole('tab', { name: /^Registered here/ })).toHaveAttribute('aria-selected', 'true')
      await expect(window.getByText('Lost').first()).toBeVisible()
    } finally {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    }
  })

  test('the form of the Run screen leads to it', async ({ window }) => {
    await fillForm(window, 'Register a client', {})
    await window.getByRole('button', { name: 'Write it from a preset or as JSON…' }).click()
    await expect(dialog(window)).toBeVisible()
  })
})
