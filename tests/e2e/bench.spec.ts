import { inSeconds, rawJwt, startTokenMaker, type TokenMaker } from './support/bench-tokens.ts'
import { column, goTo, paste, verdict } from './support/bench-window.ts'
import { expect, expectOutcome, fillForm, run, test } from './support/window.ts'

let maker: TokenMaker
test.beforeEach(async () => {
  maker = await startTokenMaker()
})
test.afterEach(() => maker.close())

test.describe('reading', () => {
  test('a token pasted on any screen opens read: meaning, times, scopes, whose word each claim is', async ({
    window,
  }) => {
    await window.getByRole('button', { name: 'Show the form instead' }).waitFor()
    await paste(window, `Bearer ${await maker.make({ scope: 'orders:read orders:write', tid: 'tenant' })}`)
    await expect(window.getByRole('heading', { name: 'Token bench' })).toBeVisible()
    const token = column(window, 'Access token')
    await expect(token).toContainText(/expires in 9 m \d+ s/)
    await expect(token).toContainText('From this time on the token must be refused.')
    await expect(token.getByRole('link', { name: 'RFC 7519 §4.1.4' })).toBeVisible()
    await expect(token.getByRole('listitem').filter({ hasText: 'orders:write' })).toBeVisible()
    for (const mark of ['JWT', 'RFC 9068', 'vendor', 'JOSE'])
      await expect(token.getByText(mark, { exact: true }).first()).toBeVisible()
    expect(maker.asked).toEqual([])
  })

  test('text without a token leaves a person where they are, with words; on the bench it says what can be read', async ({
    window,
  }) => {
    await paste(window, 'good morning')
    await expect(window.getByText(/^Nothing was read:/)).toBeVisible()
    await expect(window.getByRole('heading', { name: 'Token bench' })).toHaveCount(0)
    await goTo(window, 'Bench')
    const box = window.getByRole('textbox', { name: /^A token, a token response/ })
    await box.fill('good morning')
    await window.getByRole('button', { name: 'Read it' }).click()
    await expect(window.getByRole('alert')).toContainText('Paste a JWT or an opaque token')
    await expect(box).toHaveValue('')
  })

  test('a paste into a field stays in the field', async ({ window }) => {
    await fillForm(window, 'Discover', {})
    await window.getByRole('textbox', { name: 'Issuer', exact: true }).focus()
    await paste(window, await maker.make())
    await goTo(window, 'Bench')
    await expect(window.getByRole('textbox', { name: /^A token, a token response/ })).toBeVisible()
  })

  test('the encoded token shows only when it is revealed, its segments decoded', async ({ window }) => {
    const text = await maker.make()
    await paste(window, text)
    const token = column(window, 'Access token')
    await token.waitFor()
    expect(await window.content()).not.toContain(text.split('.')[1])
    await token.getByRole('button', { name: 'Reveal the token' }).click()
    await expect(token.getByRole('group', { name: 'Encoded token' })).toHaveText(text)
    await token.getByText(/Decoded payload/).click()
    await expect(token.getByRole('region', { name: 'Decoded payload, text' })).toContainText(
      '"aud": "https://api.test"',
    )
  })

  test('a fault stands with its place, and what a stranger hid shows', async ({ window }) => {
    await paste(
      window,
      rawJwt('{"alg":"ES256"}', '{"name":"a\u202eb<img src=x>","exp":"tomorrow","sub":"1","sub":"2"}'),
    )
    const token = window.locator('[data-token]')
    await expect(token).toContainText('a\\u{202e}b<img src=x>')
    await expect(token.getByText(/payload, character \d+, \/sub/)).toBeVisible()
    await expect(token).toContainText('is a text')
    await expect(window.locator('img[src="x"]')).toHaveCount(0)
  })

  test('a token within a token can be put beside it', async ({ window }) => {
    const inner = await maker.make({ sub: 'inner' })
    await paste(window, await maker.make({ sub: 'outer', nested: inner }))
    await window.getByRole('button', { name: 'Put it beside this one' }).click()
    await expect(window.locator('[data-token]')).toHaveCount(2)
  })
})

test.describe('several', () => {
  test('stand side by side, are compared claim by claim, and taken away', async ({ window }) => {
    await goTo(window, 'Bench')
    await paste(window, await maker.make({ scope: 'a b', exp: inSeconds(600), only: 1 }))
    await paste(window, await maker.make({ scope: 'b c', exp: inSeconds(4200) }))
    await expect(window.locator('[data-token]')).toHaveCount(2)
    await window.getByRole('button', { name: 'Compare two' }).click()
    const row = (name: string) =>
      window.getByRole('row').filter({ has: window.getByRole('rowheader', { name, exact: true }) })
    await expect(row('scope')).toContainText('changed')
    await expect(row('scope')).toContainText('more: c; gone: a')
    await expect(row('exp')).toContainText('1 h later')
    await expect(row('sub')).toContainText('same')
    await expect(row('only')).toContainText('only left')
    await window.getByRole('checkbox', { name: 'only what differs' }).check()
    await expect(row('sub')).toHaveCount(0)
    await window.getByRole('button', { name: 'Back to reading' }).click()
    await window.getByRole('button', { name: 'Take the Access token away' }).first().click()
    await expect(window.locator('[data-token]')).toHaveCount(1)
    await window.getByRole('button', { name: 'Clear all' }).click()
    await expect(window.getByRole('textbox', { name: /^A token, a token response/ })).toBeVisible()
  })

  test('of a token response: each once, and what else stood there, masked', async ({ window }) => {
    const response = {
      access_token: await maker.make(),
      refresh_token: 'rt-0123456789abcdef',
      scope: 'a',
      expires_in: 600,
    }
    await paste(window, JSON.stringify(response))
    await expect(column(window, 'Access token')).toBeVisible()
    await expect(column(window, 'Refresh token')).toBeVisible()
    await window.getByText(/What else stood there/).click()
    await expect(window.getByRole('region', { name: 'What was read' })).toContainText('expires_in')
    expect(await window.content()).not.toContain('rt-0123456789abcdef')
  })

  test('at most four are shown; others wait in the list', async ({ window }) => {
    for (const sub of ['1', '2', '3', '4', '5']) await paste(window, await maker.make({ sub }))
    const list = window.getByRole('group', { name: 'Tokens on the bench' })
    await expect(list.getByRole('button')).toHaveCount(5)
    await expect(list.getByRole('button', { pressed: true })).toHaveCount(4)
    await expect(window.locator('[data-token]')).toHaveCount(4)
  })
})

test('a token of a run is read, verified as its profile, and its server asked from there', async ({ window }) => {
  await fillForm(window, 'Authorization code + PKCE', {})
  await window.getByRole('radio', { name: 'Automatic' }).check()
  await run(window)
  await expectOutcome(window, 'succeeded')
  await window.keyboard.press('Control+k')
  await window.getByRole('textbox', { name: 'Run, open or find anything' }).fill('access token of this run')
  await window.keyboard.press('Enter')
  const token = column(window, 'Access token')
  await expect(token.getByRole('checkbox', { name: /^As profile Playground/ })).toBeChecked()
  await token.getByRole('button', { name: /^Ask 127\.0\.0\.1:\d+ for its keys/ }).click()
  await expect(verdict(token)).toContainText('Valid')
  await token.getByRole('button', { name: 'Userinfo' }).click()
  await expect(window.getByRole('heading', { level: 2, name: /^Run 3/ })).toContainText('succeeded')
})

test('the keyboard alone: paste, verdict, compare, take away', async ({ window, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await window.getByRole('navigation', { name: 'Places' }).waitFor()
  const text = await maker.make()
  await window.evaluate((copied) => navigator.clipboard.writeText(copied), text)
  await window.keyboard.press('4')
  await window.keyboard.press('Control+v')
  const token = column(window, 'Access token')
  await token.waitFor()
  await window.keyboard.press('v')
  await expect(token.getByRole('button', { name: /for its keys$/ })).toBeFocused()
  await window.keyboard.press('Enter')
  await window.getByRole('dialog').or(window.getByRole('alertdialog')).waitFor()
  await window.keyboard.press('Tab')
  await window.keyboard.press('Enter')
  await expect(verdict(token)).toContainText('Valid')
  await paste(window, await maker.make({ sub: 'another' }))
  await expect(window.locator('[data-token]')).toHaveCount(2)
  await window.keyboard.press('c')
  await expect(window.getByRole('region', { name: 'Compared' })).toBeVisible()
  await window.keyboard.press('c')
  await window.locator('[data-token]').first().focus()
  await window.keyboard.press('Delete')
  await expect(window.locator('[data-token]')).toHaveCount(1)
})
