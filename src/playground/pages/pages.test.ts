import { expect, test } from 'vitest'
import { renderConsentPage } from './consent-page.ts'
import { renderErrorDocument } from './error-page.ts'
import { renderSignInPage } from './sign-in-page.ts'
import { renderSignOutPage } from './sign-out-pages.ts'
import { contentSecurityPolicy } from './style.ts'

const attack = `"'><script>alert(1)</script><img src=x onerror=alert(1)>`

const pages = {
  'sign-in': renderSignInPage({
    action: attack,
    clientTitle: attack,
    username: attack,
    refused: true,
    users: [{ username: attack, password: attack, name: attack, email: attack }],
  }),
  consent: renderConsentPage({
    action: attack,
    clientId: attack,
    clientTitle: attack,
    scopes: [{ name: attack, words: attack }],
    userName: attack,
    username: attack,
    redirectHost: attack,
  }),
  error: renderErrorDocument({ [attack]: attack, error: attack }),
  'sign-out': renderSignOutPage({ action: attack, xsrf: attack }),
}

test.each(Object.entries(pages))('the %s page shows hostile text as text', (_name, html) => {
  expect(html).not.toContain('<script')
  expect(html).not.toContain('<img')
  expect(html).not.toMatch(/="[^"]*"'>/)
  expect(html).toContain('&lt;script&gt;')
})

test('the sign-in form can be filled in by hand, by a password manager and by an agent', () => {
  const html = renderSignInPage({ action: '/x', clientTitle: 'C', username: '', refused: false, users: [] })
  expect(html).toMatch(/<label for="username">.*<\/label>\s*<input id="username" name="username"/)
  expect(html).toMatch(/name="username"[^>]*autocomplete="username"[^>]*autofocus/)
  expect(html).toMatch(/name="password" type="password" autocomplete="current-password"/)
})

test('with a known user name the password has the focus', () => {
  const html = renderSignInPage({ action: '/x', clientTitle: 'C', username: 'bob', refused: false, users: [] })
  expect(html).toMatch(/name="password"[^>]*autofocus/)
})

test('the policy allows no script and only the one style sheet', () => {
  expect(contentSecurityPolicy).toContain("default-src 'none'")
  expect(contentSecurityPolicy).toMatch(/style-src 'sha256-[A-Za-z0-9+/]+='/)
  expect(contentSecurityPolicy).not.toContain('unsafe')
  expect(contentSecurityPolicy).not.toContain('script-src')
})
