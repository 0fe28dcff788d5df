import { createHash } from 'node:crypto'
import { escapeHtml } from './escape-html.ts'

/** A page as it is sent. */
export interface RedirectPage {
  status: number
  html: string
  contentSecurityPolicy: string
}

/** The parts of a page. */
export interface PageParts {
  status: number
  /** plain text */
  title: string
  tone: 'good' | 'bad' | 'calm'
  /** HTML that is already escaped */
  content: string
  /** path and query that stay in the address bar: the registered ones, without the answer */
  address: string
  /** runs instead of the script that only cleans the address bar */
  script?: string
  /** the page's script posts a form to its own address */
  posts?: boolean
}

const style = `:root{color-scheme:light dark;--ground:#f6f7f9;--panel:#fff;--line:#e2e5ea;--text:#1a1f29;--dim:#4f5866;--good:#1f7a4d;--bad:#b3261e;--calm:#0b7285}
@media (prefers-color-scheme:dark){:root{--ground:#12151a;--panel:#181c22;--line:#272d36;--text:#e4e8ee;--dim:#a7b0bd;--good:#5cc48d;--bad:#f08a80;--calm:#3bb5c9}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:24px;background:var(--ground);color:var(--text);font:15px/1.5 Inter,system-ui,-apple-system,"Segoe UI",sans-serif}
main{width:100%;max-width:460px;padding:28px 32px 24px;background:var(--panel);border:1px solid var(--line);border-radius:6px}
h1{margin:0 0 8px;font-size:18px;line-height:1.35;font-weight:600;display:flex;gap:10px;align-items:flex-start}
h1::before{flex:none;width:24px;height:24px;border-radius:50%;display:grid;place-items:center;font-size:14px;color:var(--panel);background:var(--tone)}
.good{--tone:var(--good)}.good h1::before{content:"\\2713";content:"\\2713" / ""}
.bad{--tone:var(--bad)}.bad h1::before{content:"!";content:"!" / ""}
.calm{--tone:var(--calm)}.calm h1::before{content:"i";content:"i" / ""}
p{margin:0 0 10px;color:var(--dim);overflow-wrap:anywhere}
dl{margin:0 0 12px;padding:10px 12px;border:1px solid var(--line);border-radius:6px;font:13px/1.5 "JetBrains Mono",ui-monospace,Consolas,monospace;overflow-wrap:anywhere}
dt{color:var(--dim)}dd{margin:0 0 6px}dd:last-child{margin:0}
footer{margin-top:16px;padding-top:12px;border-top:1px solid var(--line);font-size:13px;color:var(--dim)}`

/** Takes code and state out of the address bar and the history, after GET and POST alike. */
const cleanAddressBar = `history.replaceState(null,'',document.body.dataset.address)`

/**
 * A whole page that loads nothing, may not be framed, and runs only its own script.
 * SECURITY: the policy allows one script and one style by hash; without it a flaw in escaping would run with the
 * authorization code in reach.
 */
export function renderPage(parts: PageParts): RedirectPage {
  const script = parts.script ?? cleanAddressBar
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(parts.title)} · Grantlab</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body data-address="${escapeHtml(parts.address)}">
<main class="${parts.tone}">
<h1>${escapeHtml(parts.title)}</h1>
${parts.content}
<footer>Grantlab, on this machine</footer>
</main>
<script>${script}</script>
</body>
</html>
`
  return { status: parts.status, html, contentSecurityPolicy: policyFor(script, parts.posts === true) }
}

function policyFor(script: string, posts: boolean): string {
  return [
    `default-src 'none'`,
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    'img-src data:',
    `form-action ${posts ? `'self'` : `'none'`}`,
    `base-uri 'none'`,
    `frame-ancestors 'none'`,
  ].join('; ')
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}
