import { escapeHtml } from './escape-html.ts'
import { styleSheet } from './style.ts'

/** The parts of a page. `content` and `aside` are HTML that is already escaped; `title` is text. */
interface PageParts {
  title: string
  content: string
  aside?: string
  wide?: boolean
}

/** A whole HTML document in the playground's look. */
export function renderPage({ title, content, aside, wide }: PageParts): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} · Grantlab playground</title>
<link rel="icon" href="data:,">
<style>${styleSheet}</style>
</head>
<body>
<main${wide ? ' class="wide"' : ''}>
<div class="mark"><b>Playground</b> test authorization server</div>
<div class="content">
<h1>${escapeHtml(title)}</h1>
${content}
</div>
${aside ? `<div class="aside">${aside}</div>` : ''}
</main>
</body>
</html>
`
}
