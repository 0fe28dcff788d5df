import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startBrowserHost, type BrowserHost } from './support/browser-host.ts'
import { list, row, test, useProfile } from './support/emulator-window.ts'
import { expect } from './support/window.ts'

test('@browser a window whose playground another host ran goes on with one of its own, and says its address', async ({
  page,
  context,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'grantlab-joined-'))
  const hosts: BrowserHost[] = []
  const open = async (shown: typeof page, workspace: string) => {
    const host = await startBrowserHost(['--data-dir', join(folder, 'data'), '--workspace', join(folder, workspace)])
    hosts.push(host)
    await shown.goto(host.address)
    await shown.getByRole('button', { name: /^Profile: ?Playground/ }).waitFor()
  }
  try {
    const first = await context.newPage()
    await open(first, 'first')
    await open(page, 'second')
    await useProfile(page, 'Telnyx emulator')
    const profile = page.getByRole('button', { name: /^Profile:/ })
    const before = await profile.innerText()
    await page.keyboard.press('5')
    await list(page)
    await expect(row(page, 'Example app')).toBeVisible()
    await first.close()
    await hosts.shift()!.close()
    await page.keyboard.press('r')
    await expect(profile).not.toHaveText(before, { useInnerText: true })
    await expect(row(page, 'Example app')).toBeVisible()
    await expect(page.getByText('2 clients', { exact: true })).toBeVisible()
  } finally {
    for (const host of hosts) await host.close()
    await rm(folder, { recursive: true, force: true })
  }
})
