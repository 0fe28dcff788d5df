import { escapeHtml } from './escape-html.ts'
import { renderPage } from './page.ts'

/** The page that asks before signing out. `action` and `xsrf` go into its forms; both are text. */
export function renderSignOutPage({ action, xsrf }: { action: string; xsrf: string }): string {
  const start = `<form method="post" action="${escapeHtml(action)}">
<input type="hidden" name="xsrf" value="${escapeHtml(xsrf)}">`
  return renderPage({
    title: 'Sign out?',
    content: `<p>This ends your sign-in at the playground and the access of clients that may not stay signed in.</p>
${start}
<input type="hidden" name="logout" value="yes">
<button class="primary" type="submit" autofocus>Sign out</button>
</form>
${start}
<button type="submit">Stay signed in</button>
</form>`,
  })
}

/** The page after signing out. */
export function renderSignedOutPage(): string {
  return renderPage({ title: 'Done', content: '<p>You can close this page.</p>' })
}
