import { base64Patterns, escapeRegExp, textPattern, type EncodedPattern } from './encoded-pattern.ts'
import { isFieldName, shortestToken } from './secret-names.ts'
import type { FoundSecret } from './spans.ts'

/** Most values that a run may learn from texts of strangers; what the engine itself makes known is not counted. */
const mostFromTexts = 300
/** A longer value from a text is masked where it stands and not looked for elsewhere: no header could carry it. */
const longestFromText = 32_768
/** Looks, counted in characters of values, that a text may cost before it is given up and masked whole. */
const looksPerCharacter = 64
const freeLooks = 1_000_000

type Kind = FoundSecret['kind']
type Hit = EncodedPattern & { value: string }

/** The secrets known in one run, found by value wherever they turn up, in any common encoding. */
export class LearnedValues {
  readonly #kinds = new Map<string, Kind>()
  readonly #patterns: Hit[] = []
  #fromTexts = 0
  #index: Index | undefined

  /** Makes a value known. Values of fewer than 8 characters are not looked for: they stand in too many words. */
  learn(value: string, kind: Kind): void {
    const known = this.#kinds.get(value)
    // A password stays one: its fingerprint would let anybody test guesses.
    if (known !== 'password') this.#kinds.set(value, kind)
    // A value that is a field's name (a test user's password is `password`) cannot be told from the name.
    if (known || value.length < shortestToken || isFieldName(value)) return
    const texts = new Set([value, formEncode(value), encodeURIComponent(value.toWellFormed())])
    const patterns = [textPattern(value), ...[...texts].flatMap(base64Patterns)]
    this.#patterns.push(...patterns.map((pattern) => ({ ...pattern, value })))
    this.#index = undefined
  }

  /** Makes a value known that stood where a secret stands; bounded, since a server chooses how many there are. */
  learnFromText(value: string, kind: Kind): void {
    if (this.#kinds.has(value)) this.learn(value, kind)
    else if (value.length <= longestFromText && ++this.#fromTexts <= mostFromTexts) this.learn(value, kind)
  }

  /** What a value is known as. */
  kindOf(value: string): Kind | undefined {
    return this.#kinds.get(value)
  }

  /** Every place of a known value in a text. */
  find(text: string): FoundSecret[] {
    if (this.#patterns.length === 0 || text.length < shortestToken) return []
    this.#index ??= buildIndex(this.#patterns)
    const search = new Search(text, (value) => this.#kinds.get(value)!)
    search.anchored(this.#index)
    for (const hit of this.#index.unanchored) search.anywhere(hit)
    return search.found
  }
}

interface Index {
  /** finds the next anchor */
  anchors: RegExp | undefined
  /** patterns by the shortest anchor that theirs begins with */
  groups: Map<string, Hit[]>
  unanchored: Hit[]
}

function buildIndex(patterns: Hit[]): Index {
  const anchored = patterns.filter(({ anchor }) => anchor !== '').toSorted((a, b) => (a.anchor < b.anchor ? -1 : 1))
  const groups = new Map<string, Hit[]>()
  let root: string | undefined
  for (const pattern of anchored) {
    // Sorted, a prefix comes right before its extensions; the search stops at the shortest, so all stand under it.
    if (root === undefined || !pattern.anchor.startsWith(root)) groups.set((root = pattern.anchor), [])
    groups.get(root)!.push(pattern)
  }
  const anchors = groups.size > 0 ? new RegExp([...groups.keys()].map(escapeRegExp).join('|'), 'g') : undefined
  return { anchors, groups, unanchored: patterns.filter(({ anchor }) => anchor === '') }
}

class Search {
  readonly found: FoundSecret[] = []
  readonly #text: string
  readonly #kindOf: (value: string) => Kind
  #looks: number
  /** end of the last base64 run found */
  #runEnd = 0

  constructor(text: string, kindOf: (value: string) => Kind) {
    this.#text = text
    this.#kindOf = kindOf
    this.#looks = freeLooks + looksPerCharacter * text.length
  }

  anchored({ anchors, groups }: Index): void {
    if (!anchors) return
    anchors.lastIndex = 0
    for (let match = anchors.exec(this.#text); match; match = anchors.exec(this.#text)) {
      for (const hit of groups.get(match[0])!) {
        this.#looks -= hit.cost
        // SECURITY: a text made to be slow to search is not shown at all rather than searched halfway.
        if (this.#looks < 0) return this.#giveUp()
        const regexp = hit.regexp()
        regexp.lastIndex = match.index
        const exact = regexp.exec(this.#text)
        if (exact) this.#add(hit, exact)
      }
      anchors.lastIndex = match.index + 1
    }
  }

  anywhere(hit: Hit): void {
    for (const match of this.#text.matchAll(hit.regexp())) this.#add(hit, match)
  }

  #add(hit: Hit, match: RegExpExecArray): void {
    let start = match.index - match[1]!.length
    let end = match.index + match[0].length
    if (hit.rest !== '') end = this.#endOfRest(end, hit.rest)
    if (hit.base64) {
      // A run is widened once; otherwise a run full of hits would be walked through for each of them.
      if (end <= this.#runEnd) return
      while (start > this.#runEnd && isBase64(this.#text.charCodeAt(start - 1))) start--
      while (end < this.#text.length && isBase64(this.#text.charCodeAt(end))) end++
      end += /^(?:=|%3[dD]){0,2}/.exec(this.#text.slice(end, end + 6))![0].length
      this.#runEnd = end
    }
    this.found.push({ start, end, clear: hit.value, kind: this.#kindOf(hit.value) })
  }

  /** The rest as it is, or, when it is encoded, all up to the next sign that ends a value. */
  #endOfRest(from: number, rest: string): number {
    if (this.#text.startsWith(rest, from)) return from + rest.length
    const most = from + rest.length * 6
    const length = this.#text.slice(from, most).search(/[\s"'<>]/)
    return length < 0 ? Math.min(most, this.#text.length) : from + length
  }

  #giveUp(): void {
    this.found.push({ start: 0, end: this.#text.length, clear: '', kind: 'password' })
  }
}

/** Letters, digits, `+`, `-` and `_`. Not `/`: it stands between the parts of paths. */
function isBase64(code: number): boolean {
  if (code > 122) return false
  return (
    code >= 97 || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 43 || code === 45 || code === 95
  )
}

function formEncode(value: string): string {
  return new URLSearchParams([['', value]]).toString().slice(1)
}
