import { escapeHtml } from './escape-html.ts'
import { renderPage } from './page.ts'

const startAgain = 'Nothing was signed in or granted. Go back to the client and start again.'

/** The page for an error that cannot be sent back to the client. `fields` are shown by name, `hint` below; all is text. */
export function renderErrorDocument(fields: Record<string, unknown>, hint: string = startAgain): string {
  const rows = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd><code>${escapeHtml(value)}</code></dd>`)
  return renderPage({
    title: 'The request was refused',
    content: `<p>The playground cannot go on with it, and did not send it back to the client.</p>
<dl>${rows.join('')}</dl>`,
    aside: escapeHtml(hint),
    wide: true,
  })
}

/** The page for an address where nothing is. `request` is method and path, as text. */
export function renderNotFoundPage(request: string): string {
  return renderPage({
    title: 'Nothing is here',
    content: `<p><code>${escapeHtml(request)}</code></p><p><a href="/">What the playground has</a></p>`,
  })
}
