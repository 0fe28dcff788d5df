import type { PlaygroundApi, PlaygroundClient, PlaygroundUser } from '../playground-info.ts'
import { escapeHtml } from './escape-html.ts'
import { renderPage } from './page.ts'

/** What the home page lists. Client secrets are not among it. */
interface HomePage {
  issuer: string
  clients: PlaygroundClient[]
  users: PlaygroundUser[]
  apis: PlaygroundApi[]
}

/** The page at the issuer's address: what is here to test with. */
export function renderHomePage({ issuer, clients, users, apis }: HomePage): string {
  return renderPage({
    title: 'A server to test with',
    content: `<p>Everything here is for testing: known users, known passwords, this machine only.</p>
<dl><dt>Issuer</dt><dd><code>${escapeHtml(issuer)}</code></dd>
<dt>Metadata</dt><dd><a href="/.well-known/openid-configuration">/.well-known/openid-configuration</a></dd></dl>
<h2>Clients</h2>
${renderRows(clients.map((client) => [client.client_id, client.token_endpoint_auth_method]))}
<h2>Users</h2>
${renderRows(users.map((user) => [user.username, user.password]))}
<h2>Protected API</h2>
${renderRows(apis.map((api) => [new URL(api.url).pathname, api.scope]))}`,
    wide: true,
  })
}

function renderRows(rows: [string, string][]): string {
  const cells = rows.map(([name, value]) => `<tr><th scope="row">${code(name)}</th><td>${code(value)}</td></tr>`)
  return `<table>${cells.join('')}</table>`
}

function code(text: string): string {
  return `<code>${escapeHtml(text)}</code>`
}
