import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expectAccessible } from './support/axe.ts'
import { expect, expectOutcome, fillForm, run, test } from './support/window.ts'

const secret = 'a-wrong-secret-1234'
const places = (window: Page) => window.getByRole('navigation', { name: 'Places' })
const goTo = (window: Page, place: string) => places(window).getByRole('button', { name: place }).click()
const dialog = (window: Page) => window.getByRole('dialog', { name: 'Share without secrets' })
const inside = (window: Page) => dialog(window).getByRole('region', { name: 'What is inside' })
const bar = (window: Page) => window.getByRole('region', { name: 'Where this run is from' })
const heading = (window: Page) => window.getByRole('main').getByRole('heading', { level: 2 })

async function fail(window: Page): Promise<void> {
  await fillForm(window, 'Client credentials', { Client: 'nobody', 'Client secret': secret })
  await run(window)
  await expectOutcome(window, 'failed')
}

async function signIn(window: Page): Promise<void> {
  await fillForm(window, 'Authorization code + PKCE', {})
  await window.getByRole('radio', { name: 'Automatic' }).check()
  await run(window)
  await expectOutcome(window, 'succeeded')
}

/** Presses a button that makes a file; its name and text. */
async function saved(window: Page, button: string): Promise<{ name: string; text: string }> {
  const download = window.waitForEvent('download')
  await dialog(window).getByRole('button', { name: button }).click()
  const file = await download
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') }
}

const drop = (window: Page, file: { name: string; text: string }) =>
  window.evaluate(({ name, text }) => {
    const data = new DataTransfer()
    data.items.add(new File([text], name))
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }))
  }, file)

test.describe('a capsule', () => {
  test('holds what the dialog showed, no secret, and opens as a run that can only be looked at', async ({ window }) => {
    await fail(window)
    const findings = window.getByRole('tab', { name: /^Findings/ })
    const noticed = await findings.innerText()
    await window.getByRole('button', { name: 'Share…', exact: true }).click()
    await expect(inside(window)).toContainText('invalid_client')
    await expect(dialog(window)).toContainText(/Client credentials failed, \d+ requests?, \d+ findings?/)
    await dialog(window).getByRole('textbox', { name: 'Note for the reader' }).fill('The secret was changed on Monday.')
    const file = await saved(window, 'Save the file')
    expect(file.name).toBe('grantlab-run-1.html')
    expect(file.text).toContain('The secret was changed on Monday.')
    expect(file.text).not.toContain(secret)
    await expect(dialog(window)).toBeHidden()

    await drop(window, file)
    await expect(bar(window)).toContainText('From a capsule: grantlab-run-1.html, made')
    await expect(bar(window)).toContainText('Note: The secret was changed on Monday.')
    await expectOutcome(window, 'failed')
    expect(await findings.innerText()).toBe(noticed)
    await window
      .getByRole('treeitem', { name: /^Request/ })
      .last()
      .click()
    await expect(window.getByText('invalid_client').first()).toBeVisible()
    await expect(window.getByRole('button', { name: /Reveal|Copy ●/ })).toHaveCount(0)
    await expectAccessible(window)
    await bar(window).getByRole('button', { name: 'Close' }).click()
    await window.getByRole('button', { name: /grantlab-run-1.html/ }).click()
    await expect(bar(window)).toBeVisible()
    await window.reload()
    await expect(bar(window)).toContainText('grantlab-run-1.html')
  })

  test('of a sign-in offers nothing that sends, and shows personal data only when it is ticked', async ({ window }) => {
    await signIn(window)
    await window.getByRole('button', { name: 'Share…', exact: true }).click()
    const names = dialog(window).getByRole('checkbox', { name: /^Names/ })
    await expect(names).not.toBeChecked()
    await expect(inside(window)).not.toContainText('Alice')
    await names.check()
    await expect(inside(window)).toContainText('Alice')
    await names.uncheck()
    await expect(inside(window)).not.toContainText('Alice')
    const file = await saved(window, 'Save the file')
    expect(file.text).not.toContain('Alice')
    await drop(window, file)
    await expect(bar(window)).toBeVisible()
    const details = window.getByRole('complementary', { name: 'Details' })
    await expect(details.getByText('Access token').first()).toBeVisible()
    await expect(window.getByRole('button', { name: 'Run again' })).toHaveCount(0)
    for (const name of ['Call userinfo', 'Refresh', 'Copy access token'])
      await expect(details.getByRole('button', { name })).toHaveCount(0)
  })

  test('of several runs from History goes from one to the next', async ({ window }) => {
    await fail(window)
    await signIn(window)
    await goTo(window, 'History')
    const grid = window.getByRole('grid', { name: 'Runs' })
    await expect(grid.getByRole('row')).toHaveCount(3)
    await grid.focus()
    await window.keyboard.press('Control+a')
    await window.keyboard.press('s')
    await expect(dialog(window).getByRole('radio', { name: 'Text for a ticket' })).toHaveCount(0)
    await expect(inside(window)).toContainText('invalid_client')
    const file = await saved(window, 'Save the file')
    expect(file.name).toBe('grantlab-2-runs.html')
    await drop(window, file)
    await expectOutcome(window, 'succeeded')
    await expect(bar(window)).toContainText('1 of 2')
    await bar(window).getByRole('button', { name: 'The next run of this file' }).click()
    await expectOutcome(window, 'failed')
    await expect(bar(window)).toContainText('2 of 2')
  })

  test('that is none says why and opens nothing', async ({ window }) => {
    await window.getByRole('button', { name: 'Show the form instead' }).click()
    await drop(window, {
      name: 'broken.html',
      text: '<script type="application/json" id="grantlab-capsule">{</script>',
    })
    await expect(window.getByRole('alert').first()).toBeVisible()
    await expect(bar(window)).toHaveCount(0)
  })
})

test('the keyboard alone copies a ticket', async ({ window }) => {
  await fail(window)
  await window.keyboard.press('Control+k')
  await window.keyboard.type('ticket')
  await window.keyboard.press('Enter')
  await expect(inside(window)).toContainText(/Error: ` invalid_client `/)
  await expect(inside(window)).not.toContainText(secret)
  await window.keyboard.press('Enter')
  await expect(window.getByRole('contentinfo')).toContainText('Copied for a ticket')
  await expect(dialog(window)).toBeHidden()
})

test('a HAR goes out without secrets and comes back as a run', async ({ window }) => {
  await fail(window)
  await window.getByRole('button', { name: 'Share…', exact: true }).click()
  await dialog(window).getByRole('radio', { name: 'HAR' }).check()
  await expect(inside(window)).toContainText('"creator"')
  const file = await saved(window, 'Save the HAR')
  expect(file.name).toBe('grantlab-run-1.har')
  expect(JSON.parse(file.text)).toMatchObject({ log: { version: '1.2' } })
  expect(file.text).not.toContain(secret)
  await drop(window, file)
  await window.getByRole('button', { name: 'Open its requests as a run' }).click()
  await expect(bar(window)).toContainText('From a HAR: grantlab-run-1.har')
  await expect(heading(window)).toContainText('grantlab-run-1.har')
})

test.describe('a token family', () => {
  test('is drawn from the code to the newest refresh, and an old refresh token is tried', async ({ window }) => {
    await signIn(window)
    await goTo(window, 'Tokens')
    await window.getByRole('button', { name: 'Refresh', exact: true }).click()
    await expect(window.getByRole('heading', { level: 2, name: /^Run 2/ })).toContainText('succeeded')
    await goTo(window, 'Tokens')
    const graph = window.getByRole('list', { name: 'From the code to the newest refresh' })
    await expect(graph.getByText('Code exchange')).toBeVisible()
    await expect(graph.getByText('answer 2')).toBeVisible()
    const old = graph.getByRole('button', { name: /^Refresh token/ }).first()
    await expect(old).toContainText('replaced')
    await old.click()
    await expectAccessible(window)
    await graph.getByRole('button', { name: 'Open its run' }).click()
    await expect(window.getByRole('heading', { level: 2, name: /^Run 1 / })).toBeVisible()

    await goTo(window, 'Tokens')
    await old.click()
    await graph.getByRole('button', { name: 'Try the old one…' }).click()
    await window.getByRole('dialog').getByRole('button', { name: 'Send the old one' }).click()
    await expect(window.getByRole('heading', { level: 2, name: /^Run 3/ })).toContainText('succeeded')
    await expect(window.getByText('Refused, as it should be')).toBeVisible()
    // What was tried on purpose is not tried again by the way.
    await goTo(window, 'Tokens')
    await window.getByRole('button', { name: 'Refresh', exact: true }).click()
    await expect(window.getByRole('heading', { level: 2, name: /^Run 4/ })).toBeVisible()
    await goTo(window, 'Tokens')
    await expect(graph.getByText(/refused|replaced/).first()).toBeVisible()
  })

  test('puts one of its tokens on the bench', async ({ window }) => {
    await signIn(window)
    await goTo(window, 'Tokens')
    const graph = window.getByRole('list', { name: 'From the code to the newest refresh' })
    await graph.getByRole('button', { name: /^ID token/ }).click()
    await graph.getByRole('button', { name: 'Read on the bench' }).click()
    await expect(window.getByRole('heading', { name: 'Token bench' })).toBeVisible()
    await expect(window.locator('[data-token]')).toHaveCount(1)
    await expect(graph.getByText('Code exchange')).toBeVisible()
  })
})

test('everything that is kept goes into a sealed file and comes back', async ({ window, host }) => {
  await signIn(window)
  await goTo(window, 'Settings')
  const file = join(host.folder, 'kept.json')
  const open = (name: string) => window.getByRole('button', { name }).click()
  const fields = window.getByRole('dialog')
  await open('Export secrets and tokens…')
  await fields.getByLabel('File', { exact: true }).fill(file)
  await fields.getByLabel('Passphrase of the file').fill('short')
  await expect(fields.getByRole('alert')).toHaveText('At least 8 characters.')
  await fields.getByLabel('Passphrase of the file').fill('a long passphrase')
  await fields.getByLabel('The same once more').fill('a long passphrase')
  await expectAccessible(window)
  await fields.getByRole('button', { name: 'Export' }).click()
  await expect(fields.getByRole('status')).toContainText('Written: 0 secrets and 1 token family, in')
  await fields.getByRole('button', { name: 'Close' }).last().click()
  expect(await readFile(file, 'utf8')).not.toContain('eyJ')

  await open('Export secrets and tokens…')
  await fields.getByLabel('Passphrase of the file').fill('a long passphrase')
  await fields.getByLabel('The same once more').fill('a long passphrase')
  await fields.getByRole('button', { name: 'Export' }).click()
  await expect(fields.getByRole('alert')).toContainText('is there already')
  await fields.getByRole('button', { name: 'Cancel' }).click()

  await open('Import…')
  await fields.getByLabel('File', { exact: true }).fill(file)
  await fields.getByLabel('Passphrase of the file').fill('a wrong passphrase')
  await fields.getByRole('button', { name: 'Import' }).click()
  await expect(fields.getByRole('alert')).toContainText(/passphrase/i)
  await fields.getByLabel('Passphrase of the file').fill('a long passphrase')
  await fields.getByRole('button', { name: 'Import' }).click()
  await expect(fields.getByRole('status')).toContainText('These are here already and stay as they were:')
})

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`axe finds nothing, ${colorScheme}`, () => {
    test.use({ colorScheme })

    test('in the dialog of each form', async ({ window }) => {
      await signIn(window)
      await window.getByRole('button', { name: 'Share…', exact: true }).click()
      await dialog(window)
        .getByRole('checkbox', { name: /^Names/ })
        .check()
      await expect(inside(window)).toContainText('Alice')
      await expectAccessible(window)
      for (const [form, text] of [
        ['Text for a ticket', 'secrets and personal data are masked'],
        ['HAR', '"creator"'],
      ] as const) {
        await dialog(window).getByRole('radio', { name: form }).check()
        await expect(inside(window)).toContainText(text)
        await expectAccessible(window)
      }
    })
  })
}
