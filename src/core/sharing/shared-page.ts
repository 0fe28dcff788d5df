/** A page that is read, not used: the same content becomes HTML or plain text. All texts are as they are, unescaped. */
export interface SharedPage {
  title: string
  blocks: PageBlock[]
}

/** A part of a page. */
export type PageBlock =
  | { kind: 'words'; text: string }
  | { kind: 'facts'; rows: [label: string, value: string][] }
  | { kind: 'list'; items: string[]; numbered?: boolean }
  /** text of a machine, line by line */
  | { kind: 'code'; caption: string; text: string }
  | { kind: 'section'; title: string; blocks: PageBlock[]; isFolded?: boolean; tone?: 'error' | 'warning' | 'good' }

/** A section; undefined when nothing stands in it. */
export function section(
  title: string,
  blocks: readonly (PageBlock | undefined)[],
  more: { isFolded?: boolean; tone?: 'error' | 'warning' | 'good' } = {},
): PageBlock | undefined {
  const there = present(blocks)
  return there.length > 0 ? { kind: 'section', title, blocks: there, ...more } : undefined
}

/** Rows that have a value; undefined when none has. */
export function facts(rows: readonly [label: string, value: string | undefined][]): PageBlock | undefined {
  const there = rows.filter((row): row is [string, string] => row[1] !== undefined && row[1] !== '')
  return there.length > 0 ? { kind: 'facts', rows: there } : undefined
}

/** The blocks that are there. */
export function present(blocks: readonly (PageBlock | undefined)[]): PageBlock[] {
  return blocks.filter((block) => block !== undefined)
}

/** A page as plain text, for a preview. Strangers' texts stand in it as they are. */
export function pageText({ title, blocks }: SharedPage): string {
  return [title, '='.repeat(title.length), '', ...blocks.flatMap((block) => blockLines(block, ''))].join('\n')
}

function blockLines(block: PageBlock, indent: string): string[] {
  const inner = `${indent}  `
  switch (block.kind) {
    case 'words':
      return [`${indent}${block.text}`, '']
    case 'facts':
      return [...block.rows.map(([label, value]) => `${indent}${label}: ${value}`), '']
    case 'list':
      return [...block.items.map((item, at) => `${indent}${block.numbered ? `${at + 1}.` : '-'} ${item}`), '']
    case 'code':
      return [`${indent}${block.caption}:`, ...block.text.split('\n').map((line) => `${inner}${line}`), '']
    default:
      return [`${indent}${block.title}`, ...block.blocks.flatMap((one) => blockLines(one, inner))]
  }
}
