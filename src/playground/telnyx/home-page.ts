import { escapeHtml } from '../pages/escape-html.ts'
import { renderPage } from '../pages/page.ts'

/** The page at the emulator's address: what is here. The API key is not on it. */
export function renderEmulatorPage(issuer: string): string {
  const metadata = '/.well-known/oauth-authorization-server'
  return renderPage({
    title: 'Telnyx API emulator',
    content: `<p>Clients, grants and sign-ins as the Telnyx API has them, for testing on this machine only.</p>
<dl><dt>API</dt><dd><code>${escapeHtml(issuer)}/v2</code></dd>
<dt>Metadata</dt><dd><a href="${metadata}">${metadata}</a></dd></dl>`,
    wide: true,
  })
}
