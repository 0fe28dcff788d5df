import { writeFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expectAccessible } from './support/axe.ts'
import type { TestHost } from './support/hosts.ts'
import { expect, test } from './support/window.ts'
import { profileFileOf as fileOf, profileTextOf as textOf } from './support/profile-files.ts'
import { writeProfiles } from './support/write-profiles.ts'

const staging = `version: 1
# the team's own tenant
title: Acme staging
issuer: https://login.acme.test
client_id: web
scope: openid
`

/** Opens the Profiles screen on a workspace with these files. */
async function openProfiles(window: Page, host: TestHost, files: Record<string, string>): Promise<void> {
  await writeProfiles(host, files)
  await window.getByRole('button', { name: 'Profiles' }).click()
  await window.reload()
  await window.getByRole('listbox', { name: 'Profiles' }).waitFor()
}

const choose = (window: Page, name: RegExp) => window.getByRole('option', { name }).click()
const save = (window: Page) => window.getByRole('button', { name: /^Save/ }).click()

test.describe('the form', () => {
  test('changes a file, leaves its comments, and says what is not saved', async ({ window, host }) => {
    await openProfiles(window, host, { staging })
    await choose(window, /Acme staging/)
    await window.getByRole('textbox', { name: 'Client', exact: true }).fill('web-2')
    await expect(window.getByRole('option', { name: /Acme staging/ })).toContainText('not saved')
    await window.keyboard.press('Control+s')
    await expect(window.getByText('Saved', { exact: true })).toBeVisible()
    const text = await textOf(host, 'staging')
    expect(text).toContain('client_id: web-2')
    expect(text).toContain("# the team's own tenant")
  })

  test('asks before changes are lost', async ({ window, host }) => {
    await openProfiles(window, host, { staging, other: staging.replace('Acme staging', 'Other') })
    await choose(window, /Acme staging/)
    await window.getByLabel('Title', { exact: true }).first().fill('Another title')
    await choose(window, /Other/)
    const question = window.getByRole('dialog', { name: /Save the changes of Acme staging/ })
    await question.getByRole('button', { name: 'Stay here' }).click()
    await window.getByRole('button', { name: 'History' }).click()
    await question.getByRole('button', { name: 'Save' }).click()
    await expect(window.getByRole('button', { name: 'History' })).toHaveAttribute('aria-current', 'page')
    expect(await textOf(host, 'staging')).toContain('title: Another title')
  })

  test('keeps a typed secret out of the file, and says where it is', async ({ window, host }) => {
    await openProfiles(window, host, { staging })
    await choose(window, /Acme staging/)
    await window.getByLabel('Client secret', { exact: true }).fill('hush-hush-1234')
    await expect(window.getByLabel('named in the file')).toHaveValue('staging_client_secret')
    await save(window)
    await expect(window.getByRole('button', { name: 'Replace Client secret' })).toBeVisible()
    const text = await textOf(host, 'staging')
    expect(text).toContain('client_secret: {secret: staging_client_secret}')
    expect(text).not.toContain('hush-hush')
    await expect(window.locator('body')).not.toContainText('hush-hush')
  })

  test('shows what is wrong at its field', async ({ window, host }) => {
    await openProfiles(window, host, { staging })
    await choose(window, /Acme staging/)
    await window.getByRole('textbox', { name: 'Issuer' }).fill('not an address')
    await save(window)
    await expect(window.getByRole('alert')).toContainText('must be')
    expect(await textOf(host, 'staging')).toBe(staging)
  })

  test('has test users with a password each', async ({ window, host }) => {
    await openProfiles(window, host, { staging })
    await choose(window, /Acme staging/)
    await window.getByRole('button', { name: 'Add a test user' }).click()
    await save(window)
    await expect(window.getByText('A test user needs a user name.')).toBeVisible()
    await window.getByLabel('User name').fill('alice')
    await window.getByRole('group', { name: 'Test user alice' }).getByLabel('Password').fill('alice-password-1')
    await save(window)
    await expect(window.getByText('Saved', { exact: true })).toBeVisible()
    const text = await textOf(host, 'staging')
    expect(text).toContain('username: alice')
    expect(text).toContain('staging_alice_password')
    expect(text).not.toContain('alice-password-1')
  })
})

test.describe('a file changed by something else', () => {
  for (const tab of ['Form', 'YAML'] as const) {
    test(`is not written over from ${tab}: both choices`, async ({ window, host }) => {
      await openProfiles(window, host, { staging })
      await choose(window, /Acme staging/)
      await window.getByRole('tab', { name: tab }).click()
      const change = async (title: string) => {
        if (tab === 'Form') return window.getByLabel('Title', { exact: true }).first().fill(title)
        await typeYaml(window, staging.replace('Acme staging', title))
      }
      await change('Mine')
      await writeFile(fileOf(host, 'staging'), staging.replace('Acme staging', 'Theirs'))
      await save(window)
      await expect(window.getByText(/changed by something else/)).toBeVisible()
      expect(await textOf(host, 'staging')).toContain('title: Theirs')
      await window.getByRole('button', { name: /Read the file again/ }).click()
      await expect(window.getByText('Not saved yet')).toBeHidden()
      if (tab === 'Form') await expect(window.getByLabel('Title', { exact: true }).first()).toHaveValue('Theirs')
      await change('Mine again')
      await writeFile(fileOf(host, 'staging'), staging.replace('Acme staging', 'Theirs once more'))
      await save(window)
      await window.getByRole('button', { name: 'Write mine over it' }).click()
      await expect(window.getByText('Saved', { exact: true })).toBeVisible()
      expect(await textOf(host, 'staging')).toContain('title: Mine again')
    })
  }
})

/** Puts a text into the editor in place of all that stands there, as somebody who pastes does. */
async function typeYaml(window: Page, text: string): Promise<void> {
  const editor = window.getByRole('textbox', { name: /leaves the editor/ })
  await editor.focus()
  await window.keyboard.press('Control+a')
  await window.keyboard.insertText(text)
}

test.describe('YAML', () => {
  const broken = 'version: 1\ntitle: Broken\nissuer: https://login.acme.test\nscopes: openid\n'

  test('a broken file opens as text, with line and column, and is mended there', async ({ window, host }) => {
    await openProfiles(window, host, { broken })
    await expect(window.getByRole('option', { name: /broken file/ })).toBeVisible()
    await choose(window, /broken/)
    const wrong = window.getByRole('region', { name: 'What is wrong in the file' })
    await expect(wrong.getByRole('button')).toContainText('4:1')
    await expect(wrong.getByRole('button')).toContainText('scopes')
    await wrong.getByRole('button').click()
    await window.keyboard.press('End')
    await typeYaml(window, broken.replace('scopes', 'scope'))
    await expect(wrong).toContainText('Nothing is wrong')
    await window.keyboard.press('Control+s')
    await expect(window.getByRole('option', { name: /^Broken/ })).not.toContainText('broken file')
    expect(await textOf(host, 'broken')).toContain('scope: openid')
  })

  test('completes names with their hints, and lets the keyboard out', async ({ window, host }) => {
    await openProfiles(window, host, { staging })
    await choose(window, /Acme staging/)
    await window.getByRole('tab', { name: 'YAML' }).click()
    const editor = window.getByRole('textbox', { name: /leaves the editor/ })
    await editor.focus()
    await window.keyboard.press('Control+End')
    await window.keyboard.type('redi')
    await expect(window.getByRole('option', { name: /^redirect_uri/ })).toBeVisible()
    await window.keyboard.press('Enter')
    await expect(window.locator('.view-lines')).toContainText('redirect_uri:')
    await window.keyboard.press('Escape')
    await window.keyboard.press('Control+m')
    await window.keyboard.press('Tab')
    await expect(editor).not.toBeFocused()
  })

  test('the editor may add style elements under the policy of the page, and nothing else', async ({ window, host }) => {
    await openProfiles(window, host, { staging })
    await choose(window, /Acme staging/)
    await window.getByRole('tab', { name: 'YAML' }).click()
    await window.locator('.view-lines').waitFor()
    const nonces = await window.evaluate(() =>
      (['style', 'script'] as const).map((name) => document.createElement(name).nonce),
    )
    expect(nonces).toEqual([expect.stringMatching(/^.{20,}$/), ''])
  })

  test('a secret in clear is refused and not repeated', async ({ window, host }) => {
    await openProfiles(window, host, { staging })
    await choose(window, /Acme staging/)
    await window.getByRole('tab', { name: 'YAML' }).click()
    await typeYaml(window, `${staging}client_secret: hush-hush-1234\n`)
    const wrong = window.getByRole('region', { name: 'What is wrong in the file' })
    await expect(wrong).toContainText('A secret stands in clear')
    await expect(wrong).not.toContainText('hush-hush')
    await window.keyboard.press('Control+s')
    await expect(window.getByText('Not saved yet')).toBeVisible()
    expect(await textOf(host, 'staging')).toBe(staging)
  })
})

test('a new profile is made from here and opened', async ({ window, host }) => {
  await openProfiles(window, host, { staging })
  await window.getByRole('button', { name: 'New profile', exact: true }).click()
  const dialog = window.getByRole('dialog', { name: 'New profile' })
  await dialog.getByLabel('Name', { exact: true }).fill('Newest')
  await dialog.getByLabel('Issuer', { exact: true }).fill('https://login.acme.test')
  await dialog.getByLabel('Client id').fill('web')
  await dialog.getByRole('button', { name: 'Save profile' }).click()
  await expect(dialog).toBeHidden()
  await expect(window.getByText('newest.yaml')).toBeVisible()
  await expect(window.getByRole('textbox', { name: 'Client', exact: true })).toHaveValue('web')
})

test('duplicate, rename, delete and undo', async ({ window, host }) => {
  await openProfiles(window, host, { staging })
  await choose(window, /Acme staging/)
  const more = window.getByRole('button', { name: /^More for/ })
  await more.click()
  await window.getByRole('menuitem', { name: 'Duplicate…' }).click()
  await expect(window.getByLabel('Name of the file')).toHaveValue('staging-copy')
  await window.getByRole('button', { name: 'Duplicate', exact: true }).click()
  await expect(window.getByText('staging-copy.yaml')).toBeVisible()
  // Everything is the same but the title, so that the two can be told apart.
  const copy = await textOf(host, 'staging-copy')
  expect(copy).toBe(staging.replace('Acme staging', 'Acme staging copy'))

  await more.click()
  await window.getByRole('menuitem', { name: /^Rename/ }).click()
  await window.getByLabel('Name of the file').fill('staging')
  await window.getByRole('button', { name: 'Rename', exact: true }).click()
  await expect(window.getByRole('dialog').getByRole('alert')).toBeVisible()
  await window.getByLabel('Name of the file').fill('second')
  await window.getByRole('button', { name: 'Rename', exact: true }).click()
  await expect(window.getByText('second.yaml')).toBeVisible()

  await window.getByRole('listbox', { name: 'Profiles' }).focus()
  await window.keyboard.press('Delete')
  await expect(window.getByText('second is deleted.')).toBeVisible()
  await expect(textOf(host, 'second')).rejects.toThrow('ENOENT')
  await window.getByRole('button', { name: 'Undo' }).click()
  await expect(window.getByText('second.yaml')).toBeVisible()
  expect(await textOf(host, 'second')).toBe(copy)
})

test('the built-in profile is shown and can be copied, by the keyboard alone', async ({ window }) => {
  await window.getByRole('button', { name: 'Show the form instead' }).waitFor()
  await window.keyboard.press('7')
  const list = window.getByRole('listbox', { name: 'Profiles' })
  await list.focus()
  await window.keyboard.press('Enter')
  await expect(window.getByRole('button', { name: /^More for Playground/ })).toBeFocused()
  // The playground starts meanwhile; what can be done with it stands there once it has told its values.
  const duplicate = window.getByRole('button', { name: /^Duplicate/ })
  await expect(duplicate).toBeVisible()
  await window.keyboard.press('Tab')
  await expect(duplicate).toBeFocused()
  await window.keyboard.press('Enter')
  await expect(window.getByRole('dialog').getByLabel('Title')).toHaveValue('Playground copy')
  await expect(window.getByRole('dialog').getByLabel('Title')).toBeFocused()
  await window.keyboard.press('Enter')
  await expect(window.getByRole('option', { name: /playground/i })).toHaveCount(2)
})

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`axe finds nothing, ${colorScheme}`, () => {
    test.use({ colorScheme })

    test('built-in, form, YAML, broken, dialogs', async ({ window, host }) => {
      await openProfiles(window, host, { staging: `${staging}production: true\n`, broken: 'a: [\n' })
      await choose(window, /Playground/)
      await window.getByRole('button', { name: /^Duplicate to change/ }).waitFor()
      await expectAccessible(window)
      await choose(window, /Acme staging/)
      await window.getByRole('textbox', { name: 'Issuer' }).waitFor()
      await expectAccessible(window)
      await window.getByRole('tab', { name: 'YAML' }).click()
      await window.locator('.view-lines').waitFor()
      await expectAccessible(window)
      await choose(window, /broken/)
      const wrong = window.getByRole('region', { name: 'What is wrong in the file' })
      await wrong.getByRole('button').first().waitFor()
      await expectAccessible(window)
      await choose(window, /Acme staging/)
      await window.getByRole('button', { name: /^More for/ }).click()
      await window.getByRole('menuitem', { name: 'Duplicate…' }).waitFor()
      await expectAccessible(window)
      await window.getByRole('menuitem', { name: 'Duplicate…' }).click()
      await window.getByRole('dialog').waitFor()
      await expectAccessible(window)
    })
  })
}
