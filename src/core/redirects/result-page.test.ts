import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { RedirectPage } from './page-frame.ts'
import { answerPage, endedPage, fragmentPage, nothingPage, otherSignInPage, repeatedPage } from './result-page.ts'

const pages: [string, RedirectPage][] = [
  ['answer', answerPage([['code', 'c']], '/cb')],
  ['error', answerPage([['error', 'access_denied']], '/cb')],
  ['other sign-in', otherSignInPage('/cb')],
  ['repeated', repeatedPage('/cb')],
  ['ended', endedPage('/cb')],
  ['fragment', fragmentPage('/cb')],
  ['nothing', nothingPage('/cb')],
]

describe.each(pages)('the page for %s', (_name, page) => {
  it('runs exactly its own script and style, by hash', () => {
    for (const [tag, directive] of [
      ['script', 'script-src'],
      ['style', 'style-src'],
    ]) {
      const inline = [...page.html.matchAll(new RegExp(`<${tag}>([^]*?)</${tag}>`, 'g'))].map((match) => match[1] ?? '')
      expect(inline).toHaveLength(1)
      const hash = createHash('sha256').update(inline[0]!).digest('base64')
      expect(page.contentSecurityPolicy).toContain(`${directive} 'sha256-${hash}'`)
    }
  })

  it('loads nothing foreign, may not be framed, and cleans the address bar', () => {
    expect(page.html).not.toMatch(/https?:|src=|@import|url\(/)
    expect(page.contentSecurityPolicy).toMatch(/default-src 'none';.*base-uri 'none'; frame-ancestors 'none'/)
    expect(page.contentSecurityPolicy).not.toContain('unsafe')
    expect(page.html).toContain('history.replaceState(')
    expect(page.html).toContain('data-address="/cb"')
  })
})

describe('answerPage', () => {
  it('says what to do after signing in, and holds no code', () => {
    const { html } = answerPage(
      [
        ['code', 'the-code'],
        ['state', 'the-state'],
      ],
      '/cb',
    )
    expect(html).toContain('Signed in')
    expect(html).toContain('You can close this tab and go back to Grantlab.')
    expect(html).not.toContain('the-code')
    expect(html).not.toContain('the-state')
  })

  it('says what the server said, escaped and shortened', () => {
    const { html } = answerPage(
      [
        ['error', '<img src=x>'],
        ['error_description', `"${'long '.repeat(1000)}`],
      ],
      '/cb',
    )
    expect(html).toContain('<dd>&lt;img src=x&gt;</dd>')
    expect(html).toContain('&quot;long long')
    expect(html.length).toBeLessThan(8_000)
  })

  it('escapes an address that tries to break out', () => {
    expect(answerPage([], '/cb?"><script>').html).toContain('data-address="/cb?&quot;&gt;&lt;script&gt;"')
  })
})

describe('fragmentPage', () => {
  it('may post to its own origin only; the others to nobody', () => {
    expect(fragmentPage('/cb').contentSecurityPolicy).toContain(`form-action 'self'`)
    expect(answerPage([], '/cb').contentSecurityPolicy).toContain(`form-action 'none'`)
  })
})
