import { rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expectAccessible } from './support/axe.ts'
import { expect, expectOutcome, fillForm, run, test } from './support/window.ts'

const grid = (window: Page) => window.getByRole('grid', { name: 'Runs' })
const rows = (window: Page) =>
  grid(window)
    .getByRole('row')
    .filter({ has: window.getByRole('gridcell') })
const row = (window: Page, number: number) => grid(window).getByRole('row', { name: new RegExp(`^${number} `) })

/** Runs 1 to 3: two that fail, one that succeeds. */
async function makeRuns(window: Page): Promise<void> {
  await fillForm(window, 'Client credentials', { Client: 'nobody', 'Client secret': 'a-wrong-secret-1234' })
  for (const number of [1, 2]) {
    await run(window)
    await expect(window.getByRole('heading', { level: 2, name: `Run ${number}` })).toContainText('failed')
  }
  await fillForm(window, 'Authorization code + PKCE', {})
  await window.getByRole('radio', { name: 'Automatic' }).check()
  await run(window)
  await expect(window.getByRole('heading', { level: 2, name: 'Run 3' })).toContainText('succeeded')
}

async function toHistory(window: Page): Promise<void> {
  await window.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: 'History' }).click()
  await window.getByRole('heading', { name: 'History' }).waitFor()
}

test('an empty history says what will be there', async ({ window }) => {
  await toHistory(window)
  await expect(window.getByText('Nothing has run here yet.')).toBeVisible()
  await expectAccessible(window)
  await window.getByRole('button', { name: 'Go to Run' }).click()
  await expect(window.getByRole('button', { name: /built-in playground/ })).toBeVisible()
})

test('a history that cannot be read says why and is tried again', async ({ window, host }) => {
  const folder = join(host.dataFolder, 'history')
  await makeRuns(window)
  await rename(folder, `${folder}-aside`)
  await writeFile(folder, 'no folder')
  await toHistory(window)
  await expect(window.getByRole('alert')).toContainText('history')
  await expectAccessible(window)
  await rm(folder)
  await rename(`${folder}-aside`, folder)
  await window.getByRole('button', { name: 'Try again' }).click()
  await expect(rows(window)).toHaveCount(3)
  await expect(window.getByRole('alert')).toBeHidden()
})

test('the keyboard alone notes, pins, opens and deletes', async ({ window }) => {
  await makeRuns(window)
  await toHistory(window)
  await expect(rows(window)).toHaveCount(3)
  await grid(window).focus()
  await window.keyboard.press('n')
  await window.keyboard.type('the one to keep, ticket 871')
  await window.keyboard.press('Enter')
  await expect(row(window, 3)).toContainText('ticket 871')
  await window.keyboard.press('n')
  await window.keyboard.type('not this')
  await window.keyboard.press('Escape')
  await expect(row(window, 3)).toContainText('ticket 871')
  await window.keyboard.press('p')
  await expect(row(window, 3).getByRole('button', { name: /^Pin/ })).toHaveAttribute('aria-pressed', 'true')

  await window.keyboard.press('End')
  await window.keyboard.press('Delete')
  await expect(window.getByRole('dialog', { name: 'Delete run 1' })).toBeVisible()
  await window.getByRole('button', { name: 'Delete run 1', exact: true }).press('Enter')
  await expect(rows(window)).toHaveCount(2)
  await expect(window.getByRole('contentinfo')).toContainText('1 run deleted')

  await expect(grid(window)).toBeFocused()
  await window.keyboard.press('Home')
  await window.keyboard.press('Enter')
  await expectOutcome(window, 'succeeded')
  await expect(window.getByRole('tree', { name: 'Steps and requests' })).toBeFocused()
})

test('notes and pins are there again, runs are found, and all but the pinned ones go', async ({ window }) => {
  await makeRuns(window)
  await toHistory(window)
  await row(window, 1).click()
  await row(window, 2).click({ modifiers: ['Shift'] })
  await window.keyboard.press('p')
  await expect(window.getByRole('contentinfo')).toContainText('2 runs pinned')
  await row(window, 2).dblclick({ position: { x: 20, y: 10 } })
  await expect(window.getByRole('heading', { level: 2, name: 'Run 2' })).toContainText('failed')

  await toHistory(window)
  await row(window, 2).click()
  await window.keyboard.press('n')
  await window.keyboard.type('wrong audience')
  await window.keyboard.press('Enter')
  await window.reload()
  await window.getByRole('searchbox', { name: 'Find a run or a note' }).fill('audience')
  await expect(rows(window)).toHaveCount(1)
  await expect(window.getByText('1 of 3 runs')).toBeVisible()
  await window.getByRole('searchbox').fill('nothing like it')
  await expect(window.getByText('No run is like this.')).toBeVisible()
  await expectAccessible(window)
  await window.getByRole('button', { name: 'Show all runs' }).click()
  await window.getByLabel('Outcome', { exact: true }).selectOption('succeeded')
  await expect(rows(window)).toHaveCount(1)
  await window.getByLabel('Outcome', { exact: true }).selectOption('')
  await window.getByRole('checkbox', { name: 'pinned only' }).check()
  await expect(rows(window)).toHaveCount(2)
  await window.getByRole('checkbox', { name: 'pinned only' }).uncheck()

  await window.getByRole('button', { name: 'Clear all…' }).click()
  await window.getByRole('button', { name: 'Delete run 3', exact: true }).last().click()
  await expect(rows(window)).toHaveCount(2)
  await window.getByRole('button', { name: 'Change in Settings' }).click()
  await expect(window.getByRole('region', { name: 'History' })).toBeInViewport()
})

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`axe finds nothing, ${colorScheme}`, () => {
    test.use({ colorScheme })

    test('in a full list, with a note being written and before deleting', async ({ window }) => {
      await makeRuns(window)
      await toHistory(window)
      await expect(rows(window)).toHaveCount(3)
      await expectAccessible(window)
      await grid(window).focus()
      await window.keyboard.press('Control+a')
      await window.keyboard.press('n')
      await expectAccessible(window)
      await window.keyboard.press('Escape')
      await window.keyboard.press('Delete')
      await window.getByRole('dialog', { name: 'Delete 3 runs' }).waitFor()
      await expectAccessible(window)
    })
  })
}
