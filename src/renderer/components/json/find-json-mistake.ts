/** What is wrong in a text that is to be JSON; line and column count from 1. */
export interface JsonMistake {
  line: number
  column: number
  message: string
}

const patterns = {
  blank: /[\t\n\r ]*/y,
  string: /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y,
  plain: /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y,
}
/** JSON may be nested deeper than anybody reads it. */
const deepest = 200

class Mistake extends Error {
  readonly at: number
  constructor(at: number, message: string) {
    super(message)
    this.at = at
  }
}

/**
 * The first mistake in a text that is to be a JSON object, or undefined. A member that stands twice is one: servers
 * differ in which they take. @see RFC 8259 §4
 */
export function findJsonMistake(text: string): JsonMistake | undefined {
  try {
    const reader = readerOf(text)
    if (reader.peek() === '') throw new Mistake(0, 'This must be a JSON object: { … }')
    if (reader.peek() !== '{') throw new Mistake(reader.at(), 'This must be a JSON object, beginning with {')
    readValue(reader, 0)
    if (reader.peek() !== '') throw new Mistake(reader.at(), 'Nothing may stand after the closing }')
    return undefined
  } catch (error) {
    if (!(error instanceof Mistake)) throw error
    const before = text.slice(0, error.at).split('\n')
    return { line: before.length, column: before.at(-1)!.length + 1, message: error.message }
  }
}

type Reader = ReturnType<typeof readerOf>

function readerOf(text: string) {
  let at = 0
  function take(pattern: RegExp): string | undefined {
    pattern.lastIndex = at
    const found = pattern.exec(text)?.[0]
    at += found?.length ?? 0
    return found
  }
  const skipped = () => void take(patterns.blank)
  return {
    at: () => at,
    peek: () => (skipped(), text.slice(at, at + 1)),
    next: () => void at++,
    string: () => (skipped(), take(patterns.string)),
    plain: () => (skipped(), take(patterns.plain)),
  }
}

function readValue(reader: Reader, depth: number): void {
  const first = reader.peek()
  if (depth > deepest) throw new Mistake(reader.at(), 'This is nested too deep')
  if (first === '{') return readMembers(reader, depth)
  if (first === '[') return readItems(reader, depth)
  const isRead = first === '"' ? reader.string() : reader.plain()
  if (isRead !== undefined) return
  if (first === '"') throw new Mistake(reader.at(), 'This text does not end, or holds a sign that must be escaped')
  throw new Mistake(reader.at(), first === '' ? 'A value is missing here' : 'This is no JSON value; texts stand in "…"')
}

function readMembers(reader: Reader, depth: number): void {
  const names = new Set<string>()
  reader.next()
  if (reader.peek() === '}') return reader.next()
  for (;;) {
    reader.peek()
    const at = reader.at()
    const name = reader.string()
    if (name === undefined) throw new Mistake(at, 'The name of a member must stand here, in "…"')
    if (names.has(name)) throw new Mistake(at, `${name} stands twice`)
    names.add(name)
    if (reader.peek() !== ':') throw new Mistake(reader.at(), 'A : is missing after the name')
    reader.next()
    readValue(reader, depth + 1)
    if (!goesOn(reader, '}')) return
  }
}

function readItems(reader: Reader, depth: number): void {
  reader.next()
  if (reader.peek() === ']') return reader.next()
  for (;;) {
    readValue(reader, depth + 1)
    if (!goesOn(reader, ']')) return
  }
}

/** Whether another one follows; takes what stands between or at the end. */
function goesOn(reader: Reader, end: '}' | ']'): boolean {
  const sign = reader.peek()
  if (sign !== ',' && sign !== end) throw new Mistake(reader.at(), `A , or ${end} is missing here`)
  reader.next()
  return sign === ','
}
