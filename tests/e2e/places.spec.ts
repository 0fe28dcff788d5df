import { expectAccessible } from './support/axe.ts'
import { expect, fillForm, test } from './support/window.ts'
import { writeProfiles } from './support/write-profiles.ts'

const nav = 'Places'

test('the keys 1 to 7 go to each place, not while somebody types, and a reload comes back', async ({ window }) => {
  const places = window.getByRole('navigation', { name: nav })
  await places.waitFor()
  const shown = places.locator('[aria-current=page]')
  for (const [key, name] of [
    ['8', 'Settings'],
    ['7', 'Profiles'],
    ['6', 'History'],
    ['5', 'Clients'],
    ['4', 'Bench'],
    ['3', 'Tokens'],
    ['2', 'Discovery'],
    ['1', 'Run'],
  ] as const) {
    await window.keyboard.press(key)
    await expect(shown).toHaveText(name)
    if (name === 'Discovery') {
      // Its empty screen is one field, and Escape leaves it.
      await expect(window.getByRole('textbox', { name: /^Paste an issuer/ })).toBeFocused()
      await window.keyboard.press('Escape')
    }
    await expect(window.getByRole('main')).toBeFocused()
  }
  await fillForm(window, 'Discover', {})
  await window.getByRole('textbox', { name: 'Issuer', exact: true }).press('3')
  await expect(shown).toHaveText('Run')
  await window.keyboard.press('Control+k')
  await window.getByRole('textbox', { name: 'Run, open or find anything' }).fill('go to history')
  await window.keyboard.press('Enter')
  await expect(shown).toHaveText('History')
  await window.reload()
  await expect(shown).toHaveText('History')
})

test('a screen that cannot be loaded says so, and a reload brings it', { tag: '@browser' }, async ({ window }) => {
  await window.getByRole('navigation', { name: nav }).waitFor()
  await window.route(/HistoryScreen-.*\.js/, (route) =>
    route.fulfill({ status: 200, contentType: 'text/javascript', body: 'throw 0' }),
  )
  await window.keyboard.press('6')
  await expect(window.getByRole('alert')).toContainText('This screen could not be loaded.')
  await window.unroute(/HistoryScreen-.*\.js/)
  await window.getByRole('button', { name: 'Reload the window' }).click()
  await expect(window.getByRole('heading', { name: 'History' })).toBeVisible()
})

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`a risky profile, ${colorScheme}`, () => {
    test.use({ colorScheme })

    test('is marked on every screen, in red while TLS is not verified', async ({ window, host }) => {
      await writeProfiles(host, {
        live: 'version: 1\ntitle: Live\nissuer: https://login.example\nclient_id: web\nproduction: true\n',
        open: 'version: 1\ntitle: Open\nissuer: https://login.example\nclient_id: web\nverify_tls: false\n',
      })
      await window.reload()
      const notices = window.getByRole('region', { name: 'Notices' })
      await window.getByRole('button', { name: /^Profile:/ }).click()
      await window.getByRole('menuitemradio', { name: 'Live' }).click()
      await expect(notices).toContainText("Live works on real people's data")
      await expect(notices).not.toContainText('TLS verification is off')
      await window.getByRole('button', { name: /^Profile:/ }).click()
      await window.getByRole('menuitemradio', { name: 'Open' }).click()
      for (const place of ['Run', 'Discovery', 'Tokens', 'Bench', 'Clients', 'History', 'Profiles', 'Settings']) {
        await window.getByRole('navigation', { name: nav }).getByRole('button', { name: place }).click()
        await expect(notices).toContainText('TLS verification is off.')
      }
      await expectAccessible(window)
      await notices.getByRole('button', { name: 'Open the profile' }).click()
      await expect(window.getByRole('navigation', { name: nav }).locator('[aria-current=page]')).toHaveText('Profiles')
    })
  })
}
