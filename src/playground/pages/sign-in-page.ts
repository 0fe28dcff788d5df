import type { PlaygroundUser } from '../playground-info.ts'
import { escapeHtml } from './escape-html.ts'
import { renderPage } from './page.ts'

/** What the sign-in page shows; all of it is text. */
interface SignInPage {
  /** Where both forms are posted. */
  action: string
  clientTitle: string
  /** Fills the user name, from login_hint or from the attempt before. */
  username: string
  /** Whether the attempt before was refused. */
  refused: boolean
  /** Named with their passwords; none: the page says how to see them. */
  users: readonly PlaygroundUser[]
}

/** The sign-in page: one form that signs in, one that cancels, and the test users' passwords. */
export function renderSignInPage(page: SignInPage): string {
  const action = escapeHtml(page.action)
  // With a name filled in, the next thing to type is the password.
  const [focusName, focusPassword] = page.username === '' ? [' autofocus', ''] : ['', ' autofocus']
  const alert = page.refused ? '<div role="alert">Wrong user name or password.</div>' : ''
  return renderPage({
    title: 'Sign in',
    content: `<p>to continue to <b>${escapeHtml(page.clientTitle)}</b></p>
${alert}
<form method="post" action="${action}">
<input type="hidden" name="decision" value="sign-in">
<label for="username">User name</label>
<input id="username" name="username" type="text" value="${escapeHtml(page.username)}" autocomplete="username" autocapitalize="none" spellcheck="false" required${focusName}>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required${focusPassword}>
<button class="primary" type="submit">Sign in</button>
</form>
<form method="post" action="${action}">
<input type="hidden" name="decision" value="cancel">
<button type="submit">Cancel</button>
</form>`,
    aside: renderUsers(page.users),
  })
}

function renderUsers(users: readonly PlaygroundUser[]): string {
  if (users.length === 0) return 'Opened in a browser, this page names the test users and their passwords.'
  return `Test users of this playground:
<table>${users.map(renderUser).join('')}</table>`
}

function renderUser({ username, password }: PlaygroundUser): string {
  return `<tr><th scope="row"><code>${escapeHtml(username)}</code></th><td><code>${escapeHtml(password)}</code></td></tr>`
}
