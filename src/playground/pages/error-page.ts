import { escapeHtml } from './escape-html.ts'
import { renderPage } from './page.ts'

/** The page for an error that cannot be sent back to the client. `fields` are shown by name, as text. */
export function renderErrorDocument(fields: Record<string, unknown>): string {
  const rows = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd><code>${escapeHtml(value)}</code></dd>`)
  return renderPage({
    title: 'The request was refused',
    content: `<p>The playground cannot go on with it, and did not send it back to the client.</p>
<dl>${rows.join('')}</dl>`,
    aside: 'Nothing was signed in or granted. Go back to the client and start again.',
    wide: true,
  })
}
