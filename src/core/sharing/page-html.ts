import { createHash } from 'node:crypto'
import { shortenMasks } from '../../contract/mask.ts'
import { escapeHtml } from '../redirects/escape-html.ts'
import { capsuleStyle } from './capsule-style.ts'
import type { PageBlock, SharedPage } from './shared-page.ts'

/**
 * A page as one HTML file that loads nothing and runs nothing; `data` is a block that no browser runs.
 * SECURITY: the policy lets nothing in but its own style sheet, so that even a text that got through could neither run nor
 * ask anybody; every text goes through the one escaping function, and no address is a link.
 */
export function pageHtml({ title, blocks }: SharedPage, data: string): string {
  const hash = createHash('sha256').update(capsuleStyle).digest('base64')
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${text(title)}</title>
<style>${capsuleStyle}</style>
</head>
<body>
<main>
<h1>${text(title)}</h1>
${blocks.map((block) => blockHtml(block, 2)).join('\n')}
</main>
${data}
</body>
</html>
`
}

/** Masks are shortened to what people compare; all digits stand in the data. */
function text(value: string): string {
  return escapeHtml(shortenMasks(value))
}

function blockHtml(block: PageBlock, level: number): string {
  switch (block.kind) {
    case 'words':
      return `<p>${text(block.text)}</p>`
    case 'facts':
      return `<dl>${block.rows.map(([label, value]) => `<dt>${text(label)}</dt><dd>${text(value)}</dd>`).join('\n')}</dl>`
    case 'list': {
      const name = block.numbered ? 'ol' : 'ul'
      return `<${name}>${block.items.map((item) => `<li>${text(item)}</li>`).join('\n')}</${name}>`
    }
    case 'code':
      return `<figure><figcaption>${text(block.caption)}</figcaption><pre tabindex="0">${text(block.text)}</pre></figure>`
    default:
      return sectionHtml(block, Math.min(level, 6))
  }
}

function sectionHtml(block: Extract<PageBlock, { kind: 'section' }>, level: number): string {
  const inner = block.blocks.map((one) => blockHtml(one, level + 1)).join('\n')
  const heading = `<h${level}>${text(block.title)}</h${level}>`
  const tone = block.tone ? ` class="${block.tone}"` : ''
  return block.isFolded
    ? `<details${tone}><summary>${heading}</summary>\n${inner}\n</details>`
    : `<section${tone}>${heading}\n${inner}\n</section>`
}
