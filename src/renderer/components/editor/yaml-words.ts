/** A name that can stand at the start of a line, with what the editor says about it. */
export interface YamlWord {
  name: string
  title: string
  hint: string
  /** such as `RFC 7636 §4.3` */
  section?: string | undefined
  /** values to choose from, each as it is written */
  values: readonly { text: string; hint: string }[]
}

/** What can be typed at a place of a line. */
export interface YamlOffer {
  kind: 'name' | 'value'
  /** columns (from 1) that the chosen text takes the place of */
  from: number
  to: number
  choices: readonly { label: string; insert: string; detail: string; hint: string }[]
}

const nameBefore = /^[\w-]*$/
const valueBefore = /^([\w-]+):\s*(.*)$/
const nameInLine = /^([\w-]+)(?=\s*:)/

/** What to offer at a column (from 1) of a line: names at its start, values after a name; undefined elsewhere. */
export function offerAt(line: string, column: number, words: readonly YamlWord[]): YamlOffer | undefined {
  const before = line.slice(0, column - 1)
  if (nameBefore.test(before)) return { kind: 'name', from: 1, to: endOfName(line), choices: namesFor(line, words) }
  const [, name, typed = ''] = valueBefore.exec(before) ?? []
  const word = words.find((one) => one.name === name)
  if (!word || word.values.length === 0) return undefined
  const choices = word.values.map(({ text, hint }) => ({ label: text, insert: text, detail: word.title, hint }))
  return { kind: 'value', from: column - typed.length, to: line.trimEnd().length + 1, choices }
}

/** The word whose name stands at a column (from 1) of a line. */
export function wordAt(line: string, column: number, words: readonly YamlWord[]): YamlWord | undefined {
  const name = nameInLine.exec(line)?.[1]
  return name !== undefined && column <= name.length + 1 ? words.find((one) => one.name === name) : undefined
}

function endOfName(line: string): number {
  return (/^[\w-]*/.exec(line)?.[0].length ?? 0) + 1
}

function namesFor(line: string, words: readonly YamlWord[]) {
  const colon = nameInLine.test(line) ? '' : ': '
  return words.map(({ name, title, hint }) => ({ label: name, insert: name + colon, detail: title, hint }))
}
