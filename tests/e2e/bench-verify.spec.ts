import type { Locator } from '@playwright/test'
import { SignJWT } from 'jose'
import { expectAccessible } from './support/axe.ts'
import { inSeconds, rawJwt, startTokenMaker, type TokenMaker } from './support/bench-tokens.ts'
import { column, drop, goTo, paste, verdict } from './support/bench-window.ts'
import { expect, expectOutcome, test } from './support/window.ts'

let maker: TokenMaker
test.beforeEach(async () => {
  maker = await startTokenMaker()
})
test.afterEach(() => maker.close())

test.describe('verifying', () => {
  const keysFrom = (of: Locator, name: string) => of.getByRole('radio', { name }).check()
  const verify = (of: Locator) => of.getByRole('button', { name: 'Verify', exact: true }).click()

  test('with a key at hand: valid; expired; as of a time; for another audience; forged', async ({ window }) => {
    await paste(window, await maker.make({ iat: inSeconds(-9000), exp: inSeconds(-5400) }))
    const token = column(window, 'Access token')
    await keysFrom(token, 'Keys I have')
    await token.getByRole('textbox', { name: /^JWK, JWK Set/ }).fill(maker.pem)
    await verify(token)
    await expect(verdict(token)).toContainText(/Genuine, expired 1 h 30 m ago/)
    await expect(verdict(token)).toContainText('Invalid')
    await expect(token.getByRole('group', { name: 'Checks of the time' })).toContainText('expected')

    await token.getByRole('button', { name: 'Verify again…' }).click()
    await token.getByRole('radio', { name: 'A time' }).check()
    await token.getByRole('textbox', { name: 'Time', exact: true }).fill(String(inSeconds(-6000)))
    await verify(token)
    await expect(verdict(token)).toContainText('Genuine and current')
    await expect(verdict(token)).toContainText('Valid')

    await token.getByRole('button', { name: 'Verify again…' }).click()
    await token.getByRole('textbox', { name: 'Meant for' }).fill('https://other.test')
    await verify(token)
    await expect(verdict(token)).toContainText('for another audience')

    const [head, body, signature = ''] = (await maker.make()).split('.')
    const changed = signature.startsWith('A') ? 'B' : 'A'
    await paste(window, `${head}.${body}.${changed}${signature.slice(1)}`)
    const forged = window.locator('[data-token]').last()
    await keysFrom(forged, 'Keys I have')
    await forged.getByRole('textbox', { name: /^JWK, JWK Set/ }).fill(maker.jwk)
    await verify(forged)
    await expect(verdict(forged)).toContainText('Invalid')
    expect(maker.asked).toEqual([])
  })

  test('the issuer is asked by a button that names it; on this machine only after a second yes', async ({ window }) => {
    await paste(window, await maker.make())
    const token = column(window, 'Access token')
    const { host } = new URL(maker.issuer)
    await token.getByRole('button', { name: `Ask ${host} for its keys` }).click()
    const dialog = window.getByRole('alertdialog').or(window.getByRole('dialog'))
    await expect(dialog).toContainText('only the token names it')
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    expect(maker.asked).toEqual([])
    await token.getByRole('button', { name: `Ask ${host} for its keys` }).click()
    await dialog.getByRole('button', { name: `Ask ${host}` }).click()
    await expect(verdict(token)).toContainText('Valid')
    await expect(verdict(token)).toContainText(`${maker.issuer}/jwks`)
    expect(maker.asked).toContain('/jwks')
    await token.getByRole('button', { name: 'Open the run' }).click()
    await expectOutcome(window, 'succeeded')
  })

  test('not verified is neither valid nor invalid: no key had the kid', async ({ window }) => {
    await paste(window, await maker.make({}, { kid: 'another' }))
    const token = column(window, 'Access token')
    await keysFrom(token, 'Keys I have')
    await token.getByRole('textbox', { name: /^JWK, JWK Set/ }).fill(maker.jwk)
    await verify(token)
    await expect(verdict(token)).toContainText('Not verified')
    await expect(verdict(token)).not.toContainText('Invalid')
  })

  test('with a shared secret, typed unseen', async ({ window }) => {
    const secret = 'a-secret-of-more-than-thirty-two-characters'
    const made = new SignJWT({ sub: 'u', exp: inSeconds(600) }).setProtectedHeader({ alg: 'HS256' })
    await paste(window, await made.sign(new TextEncoder().encode(secret)))
    const token = column(window, 'JWT')
    await expect(token.getByRole('radio', { name: 'Shared secret' })).toBeChecked()
    await token.getByLabel('Secret that its maker shares').fill(secret)
    await verify(token)
    await expect(verdict(token)).toContainText('Valid')
  })

  test('a HAR judges a token as of when it was sent', async ({ window }) => {
    const text = await maker.make({ iat: inSeconds(-9000), exp: inSeconds(-5400) })
    const request = {
      method: 'GET',
      url: 'https://api.test/',
      headers: [{ name: 'Authorization', value: `Bearer ${text}` }],
    }
    const entry = { startedDateTime: new Date(inSeconds(-6000) * 1000).toISOString(), time: 1, request, response: {} }
    await drop(window, { name: 'customer.har', text: JSON.stringify({ log: { version: '1.2', entries: [entry] } }) })
    await expect(window.getByRole('region', { name: 'What was read' })).toContainText('customer.har')
    const token = window.locator('[data-token]')
    await keysFrom(token, 'Keys I have')
    await token.getByRole('textbox', { name: /^JWK, JWK Set/ }).fill(maker.jwk)
    await token.getByRole('radio', { name: 'When it was sent' }).check()
    await verify(token)
    await expect(verdict(token)).toContainText('Genuine and current')
  })
})

test('what no key could verify needs none: alg none is refused and named', async ({ window }) => {
  await paste(window, rawJwt('{"alg":"none"}', '{"sub":"u1"}').replace(/[^.]+$/, ''))
  const token = window.locator('[data-token]')
  await expect(token.getByRole('radiogroup', { name: 'Keys from' })).toHaveCount(0)
  await token.getByRole('button', { name: 'Verify', exact: true }).click()
  await expect(verdict(token)).toContainText('Invalid')
  await expect(verdict(token)).toContainText(/none/)
})

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`axe finds nothing, ${colorScheme}`, () => {
    test.use({ colorScheme })

    test('empty, read, verified, not verified, compared, asked; and it fits', async ({ window }) => {
      await goTo(window, 'Bench')
      await expectAccessible(window)
      await paste(window, await maker.make({ scope: 'a b' }))
      const token = column(window, 'Access token')
      await token.getByText(/Issuer, client/).click()
      await expectAccessible(window)
      await token.getByRole('button', { name: /for its keys$/ }).click()
      const dialog = window.getByRole('dialog').or(window.getByRole('alertdialog'))
      await dialog.waitFor()
      await expectAccessible(window)
      await dialog.getByRole('button', { name: /^Ask/ }).click()
      await expect(verdict(token)).toContainText('Valid')
      await expectAccessible(window)
      await paste(window, rawJwt('{"alg":"none"}', '{"exp":"tomorrow","sub":"1","sub":"2"}'))
      await window.locator('[data-token]').last().getByRole('button', { name: 'Reveal the token' }).click()
      await expectAccessible(window)
      for (const [width, height] of [
        [1280, 800],
        [1920, 1080],
        [900, 640],
      ] as const) {
        await window.setViewportSize({ width, height })
        const overflow = await window.evaluate(() => document.documentElement.scrollWidth - globalThis.innerWidth)
        expect(overflow).toBeLessThanOrEqual(0)
      }
      await window.getByRole('button', { name: 'Compare two' }).click()
      await expectAccessible(window)
      await paste(window, 'nothing at all')
      await window.getByRole('alert').waitFor()
      await expectAccessible(window)
    })
  })
}
