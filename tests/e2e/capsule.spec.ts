import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from '@playwright/test'
import { createTestEngine, createTestPlayground, type TestEngine, type TestPlayground } from '../support/test-engine.ts'

// No host is needed for it: a capsule is read where there is no Grantlab.
test.describe('a capsule in a plain browser @browser', () => {
  let own: TestEngine
  let playground: TestPlayground
  let file: string
  let html: string

  test.beforeAll(async () => {
    playground = await createTestPlayground()
    own = await createTestEngine({ playground: playground.port })
    const parameters = playground.signIn({ login_hint: '"><img src=http://127.0.0.1:9/x onerror=alert(1)>' })
    const signIn = await own.run({ operation: 'authorization-code', parameters })
    const wrong = { issuer: playground.issuer, client_id: '</pre><script>alert(1)</script>', client_secret: 'wrong' }
    const refused = await own.run({ operation: 'client-credentials', parameters: wrong })
    const order = { run_ids: [signIn.run.id, refused.run.id], include: ['login_hint' as const], note: '<b>note</b>' }
    html = (await own.engine.runCommand('capsule make', order)).html ?? ''
    file = (await own.engine.runCommand('capsule make', { ...order, file: join(own.folder, 'shared.html') })).file ?? ''
  })
  test.afterAll(async () => {
    await own.close()
    await playground.close()
  })

  test('asks nobody, runs nothing and reads well', async ({ page, context }) => {
    const asked: string[] = []
    const said: string[] = []
    context.on('request', (request) => asked.push(request.url()))
    page.on('console', (message) => said.push(message.text()))
    page.on('dialog', (dialog) => said.push(dialog.message()))
    page.on('pageerror', (error) => said.push(error.message))
    await page.goto(pathToFileURL(file).href)
    await page.evaluate(() => document.querySelectorAll('details').forEach((one) => (one.open = true)))
    await expect(page.getByRole('heading', { name: 'Authorization code + PKCE succeeded' })).toBeVisible()
    await expect(page.getByText('S256(code_verifier) = code_challenge: holds')).toBeVisible()
    await expect(page.getByText('<b>note</b>')).toBeVisible()
    expect(await page.locator('img, a, iframe, link, form, script:not([type="application/json"])').count()).toBe(0)
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme })
      const [ink, back] = await page.evaluate(() => {
        const { color, backgroundColor } = getComputedStyle(document.body)
        return [color, backgroundColor]
      })
      expect([colorScheme, ink === back]).toEqual([colorScheme, false])
      expect(back).toBe(colorScheme === 'dark' ? 'rgb(20, 24, 28)' : 'rgb(255, 255, 255)')
    }
    // Nothing is wider than a phone.
    await page.setViewportSize({ width: 390, height: 800 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    expect(asked).toEqual([pathToFileURL(file).href])
    expect(said).toEqual([])
  })

  test('asks nobody where a web server hands it out', async ({ page }) => {
    const asked: string[] = []
    const server = createServer((request, response) => {
      asked.push(request.url ?? '')
      response.setHeader('content-type', 'text/html; charset=utf-8').end(html)
    }).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/capsule`)
    await expect(page.getByRole('heading', { name: 'What stands in this file' })).toBeVisible()
    await page.waitForLoadState('networkidle')
    server.close()
    expect(asked).toEqual(['/capsule'])
  })
})
