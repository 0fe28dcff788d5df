import { base64Patterns, textPattern, type EncodedPattern } from './encoded-pattern.ts'
import { readingsAt } from './read-encoded.ts'
import { isFieldName, shortestToken } from './secret-names.ts'
import type { FoundSecret } from './spans.ts'

/** Most values that a run may learn from texts of strangers; what the engine itself makes known is not counted. */
const mostFromTexts = 300
/** A longer value from a text is masked where it stands and not looked for elsewhere: no header could carry it. */
const longestFromText = 32_768
/** Comparisons of characters that a text may cost before it is given up and masked whole. */
const looksPerCharacter = 16
const freeLooks = 1_000_000

type Kind = FoundSecret['kind']
interface Hit {
  pattern: EncodedPattern
  value: string
}

/** Up to this many characters times patterns it is faster to look for one after the other than to build an index first. */
const smallSearch = 100_000

/**
 * The secrets known in one run, found by value wherever they turn up, in any common encoding. With `shortest` also shorter
 * values and names of fields are looked for.
 */
export class LearnedValues {
  readonly #kinds = new Map<string, Kind>()
  readonly #patterns: Hit[] = []
  readonly #shortest: number | undefined
  #fromTexts = 0
  #index: Index | undefined

  constructor(shortest?: number) {
    this.#shortest = shortest
  }

  /** Makes a value known. Values of fewer than 8 characters are not looked for: they stand in too many words. */
  learn(value: string, kind: Kind): void {
    const known = this.#kinds.get(value)
    // A password stays one: its fingerprint would let anybody test guesses.
    if (known !== 'password') this.#kinds.set(value, kind)
    // A value that is a field's name (a test user's password is `password`) cannot be told from the name.
    if (known || value.length < (this.#shortest ?? shortestToken)) return
    if (this.#shortest === undefined && isFieldName(value)) return
    const texts = new Set([value, formEncode(value), encodeURIComponent(value.toWellFormed())])
    const patterns = [textPattern(value), ...[...texts].flatMap(base64Patterns)]
    this.#patterns.push(...patterns.map((pattern) => ({ pattern, value })))
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
    if (this.#patterns.length === 0 || text.length < (this.#shortest ?? shortestToken)) return []
    const search = new Search(text, (value) => this.#kinds.get(value)!)
    if (this.#index || text.length * this.#patterns.length > smallSearch || this.#patterns.some(hasNoAnchor)) {
      search.withIndex((this.#index ??= buildIndex(this.#patterns)))
    } else {
      for (const hit of this.#patterns) search.alone(hit)
    }
    return search.found
  }
}

interface Index {
  /** finds the next anchor */
  anchors: RegExp | undefined
  /** patterns by the shortest anchor that theirs begins with */
  groups: Map<string, Hit[]>
  /** finds where a value without an anchor may begin: plain, or with the sign of an encoding */
  beginnings: RegExp | undefined
  unanchored: Hit[]
}

function buildIndex(hits: Hit[]): Index {
  const anchorOf = ({ pattern }: Hit) => pattern.anchor
  const anchored = hits.filter((hit) => anchorOf(hit) !== '').toSorted((a, b) => (anchorOf(a) < anchorOf(b) ? -1 : 1))
  const groups = new Map<string, Hit[]>()
  let root: string | undefined
  for (const hit of anchored) {
    // Sorted, a prefix comes right before its extensions; the search stops at the shortest, so all stand under it.
    if (root === undefined || !anchorOf(hit).startsWith(root)) groups.set((root = anchorOf(hit)), [])
    groups.get(root)!.push(hit)
  }
  const unanchored = hits.filter(hasNoAnchor)
  const firsts = new Set(unanchored.flatMap(({ pattern }) => pattern.firstCharacters))
  return {
    anchors: groups.size > 0 ? new RegExp([...groups.keys()].join('|'), 'g') : undefined,
    groups,
    beginnings: firsts.size > 0 ? new RegExp(`[%&\\\\+]|${[...firsts].map(escapeRegExp).join('|')}`, 'g') : undefined,
    unanchored,
  }
}

function hasNoAnchor({ pattern }: Hit): boolean {
  return pattern.anchor === ''
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}

class Search {
  readonly found: FoundSecret[] = []
  readonly #text: string
  readonly #kindOf: (value: string) => Kind
  readonly #cost = { spent: 0 }
  readonly #most: number
  /** SECURITY: end of the last base64 run found in this pass over the text; one of a pass before may lie behind. */
  #runEnd = 0

  constructor(text: string, kindOf: (value: string) => Kind) {
    this.#text = text
    this.#kindOf = kindOf
    this.#most = freeLooks + looksPerCharacter * text.length
  }

  alone(hit: Hit): void {
    const { anchor } = hit.pattern
    this.#runEnd = 0
    for (let at = this.#text.indexOf(anchor); at >= 0 && !this.#gaveUp; at = this.#text.indexOf(anchor, at + 1))
      this.#look(hit, at)
  }

  withIndex({ anchors, groups, beginnings, unanchored }: Index): void {
    this.#each(anchors, (found) => groups.get(found)!)
    this.#each(beginnings, () => unanchored)
  }

  #each(finder: RegExp | undefined, hitsFor: (found: string) => Hit[]): void {
    if (!finder) return
    this.#runEnd = 0
    finder.lastIndex = 0
    for (let match = finder.exec(this.#text); match && !this.#gaveUp; match = finder.exec(this.#text)) {
      for (const hit of hitsFor(match[0])) this.#look(hit, match.index)
      finder.lastIndex = match.index + 1
    }
  }

  get #gaveUp(): boolean {
    return this.#cost.spent > this.#most
  }

  #look(hit: Hit, at: number): void {
    this.#cost.spent++
    const exact = hit.pattern.matchAt(this.#text, at, this.#cost)
    if (exact) this.#add(hit, exact)
    // SECURITY: a text made to be slow to search is not shown at all rather than searched halfway.
    if (this.#gaveUp) this.found.push({ start: 0, end: this.#text.length, clear: '', kind: 'password' })
  }

  #add(hit: Hit, { start: first, end: last }: { start: number; end: number }): void {
    let start = first
    let end = last
    if (hit.pattern.base64) {
      // A run is widened once; otherwise a run full of hits would be walked through for each of them.
      if (end <= this.#runEnd) return
      while (start > this.#runEnd && isBase64(this.#text.charCodeAt(start - 1))) start--
      while (end < this.#text.length && isBase64(this.#text.charCodeAt(end))) end++
      for (let padding = 0; padding < 2; padding++)
        end = readingsAt(this.#text, end).find(({ character }) => character === '=')?.end ?? end
      this.#runEnd = end
    }
    this.found.push({ start, end, clear: hit.value, kind: this.#kindOf(hit.value) })
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
