/** Deeper levels are not indented further, so that hostile nesting cannot fill the memory with spaces. */
const deepestIndent = 20

const plainRun = /[^\s"{}[\],:]+/y
const stringRun = /[^"\\]+/y

/** Indents JSON text piece by piece. */
export interface JsonIndenter {
  /** Takes the next piece and answers what it adds to the indented text. */
  push(piece: string): string
}

/**
 * Creates an indenter that only puts white space between tokens: numbers, escapes, repeated names and even broken JSON
 * stay as they were sent, which parsing and writing anew would not leave them.
 */
export function createJsonIndenter(): JsonIndenter {
  let depth = 0
  let inString = false
  let isEscaped = false
  let isFresh = false
  const newLine = () => '\n' + '  '.repeat(Math.min(depth, deepestIndent))

  /** White space due before a value or a name: a new line after an opening bracket, else none. */
  const before = () => {
    const due = isFresh ? newLine() : ''
    isFresh = false
    return due
  }

  const structure: Record<string, () => string> = {
    '{': () => open('{'),
    '[': () => open('['),
    '}': () => close('}'),
    ']': () => close(']'),
    ',': () => ',' + newLine(),
    ':': () => ': ',
    '"': () => {
      const due = before()
      inString = true
      return due + '"'
    },
  }
  function open(bracket: string): string {
    const due = before()
    depth++
    isFresh = true
    return due + bracket
  }
  function close(bracket: string): string {
    depth = Math.max(0, depth - 1)
    const due = isFresh ? '' : newLine()
    isFresh = false
    return due + bracket
  }

  function inside(piece: string, at: number): string {
    const character = piece[at]!
    if (isEscaped) {
      isEscaped = false
      return character
    }
    if (character === '\\') isEscaped = true
    else if (character === '"') inString = false
    else return runAt(stringRun, piece, at)
    return character
  }
  function outside(piece: string, at: number): [added: string, length: number] {
    const character = piece[at]!
    if (/\s/.test(character)) return ['', 1]
    const write = structure[character]
    if (write) return [write(), 1]
    const run = runAt(plainRun, piece, at)
    return [before() + run, run.length]
  }

  return {
    push(piece) {
      const out: string[] = []
      for (let at = 0; at < piece.length;) {
        if (inString) {
          const added = inside(piece, at)
          out.push(added)
          at += added.length
        } else {
          const [added, length] = outside(piece, at)
          out.push(added)
          at += length
        }
      }
      return out.join('')
    },
  }
}

function runAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? text[at]!
}
