import { escapeHtml } from './escape-html.ts'
import { renderPage } from './page.ts'

/** What the consent page shows; all of it is text. */
interface ConsentPage {
  /** Where both forms are posted. */
  action: string
  clientId: string
  clientTitle: string
  /** Each scope with what it lets the client do. */
  scopes: { name: string; words: string }[]
  userName: string
  username: string
  /** Host and port that the browser goes back to. */
  redirectHost: string
}

/** The consent page: who wants what, one form that allows and one that denies. */
export function renderConsentPage(page: ConsentPage): string {
  const action = escapeHtml(page.action)
  return renderPage({
    title: 'Allow access?',
    content: `<p><b>${escapeHtml(page.clientTitle)}</b> (<code>${escapeHtml(page.clientId)}</code>) wants to:</p>
<ul>${page.scopes.map(renderScope).join('')}</ul>
<form method="post" action="${action}">
<input type="hidden" name="decision" value="allow">
<button class="primary" type="submit" autofocus>Allow</button>
</form>
<form method="post" action="${action}">
<input type="hidden" name="decision" value="deny">
<button type="submit">Deny</button>
</form>`,
    aside: `Signed in as <b>${escapeHtml(page.userName)}</b> (<code>${escapeHtml(page.username)}</code>).
Either answer takes you back to <code>${escapeHtml(page.redirectHost)}</code>.`,
  })
}

function renderScope({ name, words }: ConsentPage['scopes'][number]): string {
  return `<li><span>${escapeHtml(words)}</span><code>${escapeHtml(name)}</code></li>`
}
