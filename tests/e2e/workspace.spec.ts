import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expectAccessible } from './support/axe.ts'
import { expect, test } from './support/window.ts'

const profile = (title: string, secret: string) =>
  `version: 1\ntitle: ${title}\nissuer: https://${secret}.example\nclient_id: web\nclient_secret: {secret: ${secret}}\n`

async function makeWorkspace(folder: string): Promise<string> {
  await mkdir(join(folder, 'profiles'), { recursive: true })
  await writeFile(join(folder, 'grantlab.yaml'), 'version: 1\n')
  await writeFile(join(folder, 'profiles', 'one.yaml'), profile('Acme one', 'acme_one'))
  await writeFile(join(folder, 'profiles', 'two.yaml'), profile('Acme two', 'acme_two'))
  return folder
}

const menu = (window: Page) => window.getByRole('button', { name: /^Workspace:/ })

async function openFolder(window: Page, folder: string): Promise<void> {
  await menu(window).click()
  await window.getByRole('menuitem', { name: 'Open folder…' }).click()
  await window.getByLabel('Folder, its whole path').fill(folder)
  await window.keyboard.press('Enter')
}

test.describe('without a dialog of the system', { tag: '@browser' }, () => {
  test('a folder is opened, and all its missing secrets are asked for in one form', async ({ window, host }) => {
    const folder = await makeWorkspace(join(host.folder, 'acme'))
    await openFolder(window, folder)
    await expect(menu(window)).toContainText('acme')
    const notices = window.getByRole('region', { name: 'Notices' })
    await expect(notices).toContainText('2 secrets of this workspace have no value on this machine.')
    await notices.getByRole('button', { name: 'Enter them' }).click()
    const dialog = window.getByRole('dialog', { name: 'Missing secrets' })
    await expect(dialog).toContainText('for Acme one')
    await expectAccessible(window)
    await dialog.getByLabel('acme_one').fill('left again')
    await window.keyboard.press('Escape')
    await notices.getByRole('button', { name: 'Enter them' }).click()
    await expect(dialog.getByLabel('acme_one')).toHaveValue('')
    await dialog.getByLabel('acme_one').fill('a-secret-of-acme-one')
    await window.keyboard.press('Enter')
    await expect(notices).toContainText('1 secret of this workspace has no value on this machine.')
    await notices.getByRole('button', { name: 'Later' }).click()
    await expect(notices).toBeHidden()
    await menu(window).click()
    await expect(window.getByRole('menuitem', { name: /Enter missing secrets/ })).toContainText('1')
    await expectAccessible(window)
  })

  test('a folder that is no workspace says so and can become one', async ({ window, host }) => {
    const folder = join(host.folder, 'plain')
    await mkdir(folder)
    await openFolder(window, folder)
    const dialog = window.getByRole('dialog', { name: 'Open a folder' })
    await expect(dialog.getByRole('alert')).toContainText('there is no grantlab.yaml in it')
    await expectAccessible(window)
    await dialog.getByRole('button', { name: 'Make it a workspace' }).click()
    await expect(menu(window)).toContainText('plain')
    expect(await readFile(join(folder, 'grantlab.yaml'), 'utf8')).toContain('version')
  })

  test('a new one is made, and recent ones are a choice away', async ({ window, host }) => {
    await openFolder(window, await makeWorkspace(join(host.folder, 'acme')))
    await expect(menu(window)).toContainText('acme')
    await menu(window).click()
    await window.getByRole('menuitem', { name: 'New workspace…' }).click()
    await window.getByLabel('Folder, its whole path').fill(join(host.folder, 'fresh'))
    await window.keyboard.press('Enter')
    await expect(menu(window)).toContainText('fresh')
    await menu(window).click()
    await window.getByRole('menuitem', { name: /acme/ }).click()
    await expect(menu(window)).toContainText('acme')
    await window.getByRole('button', { name: /^Profile:/ }).click()
    await expect(window.getByRole('menuitemradio', { name: /Acme two/ })).toBeVisible()
  })
})
