import { isMaskedThere, kindOfName, looksLikeWords, type SecretKind } from './secret-names.ts'
import type { FoundSecret } from './spans.ts'

/** A tag begins or ends, or an attribute with its value; each alternative is read once and never twice. */
const part = /<[a-z!/]|>|(?<![\w:.-])([\w:.-]{1,64})\s{0,16}=\s{0,16}(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))/gi

interface Tag {
  kind?: SecretKind | undefined
  value?: { start: number; end: number }
}

/** Secrets in `<input name="code" value="…">`, in either order and quotation, and whatever a password field holds. */
export function findInHtml(text: string): FoundSecret[] {
  if (!/value/i.test(text)) return []
  const found: FoundSecret[] = []
  let tag: Tag = {}
  const close = () => {
    const secret = tag.kind && tag.value && asFound(text, tag.kind, tag.value)
    if (secret) found.push(secret)
    tag = {}
  }
  for (const match of text.matchAll(part)) {
    const attribute = match[1]?.toLowerCase()
    if (!attribute) close()
    else readAttribute(tag, attribute, match)
  }
  close()
  return found
}

function readAttribute(tag: Tag, attribute: string, match: RegExpExecArray): void {
  const content = match[2] ?? match[3] ?? match[4]!
  if (attribute === 'name' || attribute === 'id') tag.kind ??= kindOfName(content)
  if (attribute === 'type' && content.toLowerCase() === 'password') tag.kind = 'password'
  if (attribute === 'value') {
    const end = match.index + match[0].length - (match[4] === undefined ? 1 : 0)
    tag.value = { start: end - content.length, end }
  }
}

function asFound(text: string, kind: SecretKind, { start, end }: { start: number; end: number }) {
  const clear = decodeEntities(text.slice(start, end))
  if (!isMaskedThere(kind, clear)) return undefined
  const learn = !looksLikeWords(clear)
  return { start, end, clear, kind: kind === 'password' ? ('password' as const) : ('secret' as const), learn }
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** Decodes the entities that encoders of attributes write. */
function decodeEntities(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(?:#\d{1,7}|#x[0-9a-f]{1,6}|amp|lt|gt|quot|apos);/gi, (entity) => {
    const name = entity.slice(1, -1).toLowerCase()
    if (!name.startsWith('#')) return entities[name] ?? entity
    const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
    return code <= 0x10ffff ? String.fromCodePoint(code) : entity
  })
}
