/** Deeper levels are not indented further, so that hostile nesting cannot fill the memory with spaces. */
const deepestIndent = 20

const plainRun = /[^\s"{}[\],:]+/y
const stringRun = /[^"\\]+/y

/**
 * Indents JSON text piece by piece. It only puts white space between tokens: numbers, escapes, repeated names and even
 * broken JSON stay as they were sent, which parsing and writing anew would not leave them.
 */
export class JsonIndenter {
  private depth = 0
  private inString = false
  private isEscaped = false
  /** right after an opening bracket, where it is not known yet whether anything follows */
  private isFresh = false

  /** Takes the next piece and answers what it adds to the indented text. */
  push(piece: string): string {
    const out: string[] = []
    for (let at = 0; at < piece.length;) {
      const [added, length] = this.inString ? this.inside(piece, at) : this.outside(piece, at)
      out.push(added)
      at += length
    }
    return out.join('')
  }

  private inside(piece: string, at: number): [added: string, length: number] {
    const character = piece[at]!
    if (this.isEscaped) {
      this.isEscaped = false
    } else if (character === '\\') {
      this.isEscaped = true
    } else if (character === '"') {
      this.inString = false
    } else {
      const run = runAt(stringRun, piece, at)
      return [run, run.length]
    }
    return [character, 1]
  }

  private outside(piece: string, at: number): [added: string, length: number] {
    const character = piece[at]!
    if (/\s/.test(character)) return ['', 1]
    if (character === '{' || character === '[') return [this.open(character), 1]
    if (character === '}' || character === ']') return [this.close(character), 1]
    if (character === ',') return [`,${this.newLine()}`, 1]
    if (character === ':') return [': ', 1]
    const due = this.before()
    this.inString = character === '"'
    const run = this.inString ? character : runAt(plainRun, piece, at)
    return [due + run, run.length]
  }

  private newLine(): string {
    return `\n${'  '.repeat(Math.min(this.depth, deepestIndent))}`
  }

  /** White space due before a value or a name: a new line after an opening bracket, else none. */
  private before(): string {
    const due = this.isFresh ? this.newLine() : ''
    this.isFresh = false
    return due
  }

  private open(bracket: string): string {
    const due = this.before()
    this.depth++
    this.isFresh = true
    return due + bracket
  }

  private close(bracket: string): string {
    this.depth = Math.max(0, this.depth - 1)
    const due = this.isFresh ? '' : this.newLine()
    this.isFresh = false
    return due + bracket
  }
}

function runAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? text[at]!
}
