import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { InspectedToken, Inspection } from '../../contract/bench/inspection.ts'
import { problemOf, type Problem } from '../../contract/problem.ts'
import { useEngine } from '../app/provided-engine.ts'
import { toProblem } from './problem-of.ts'

/** So many tokens stand side by side. */
export const mostShown = 4
/** Bytes of the text as the engine gets it; a longer message is refused on its way. */
const largestText = 7 * 1024 * 1024
/** Older ones make room. */
const mostTokens = 60

/** A token on the bench. */
export interface BenchToken {
  /** its fingerprint: the same token twice stands there once */
  id: string
  token: InspectedToken
  /** tokens that came in one text have the same number */
  source: number
}

/** What came last, beside its tokens. Clear text stays only where it can be opened as runs. */
export interface LastReading extends Omit<Inspection, 'tokens'> {
  source: number
  /** the file's name, or empty */
  name: string
  /** how many tokens it held */
  count: number
  /** what `capsule open` and `har open` are given */
  openable?: string
}

/** Tokens that somebody pasted or dropped, read. Nothing here asks a server anything. */
export const useBench = defineStore('bench', () => {
  const { read, isBusy } = useReading()
  const list = useTokenList()
  const last = shallowRef<LastReading>()
  let sources = 0

  /** Reads a text and puts its tokens beside those that are there; what was found, also when that is nothing. */
  async function take(text: string, name = ''): Promise<Inspection> {
    const inspection = await read(text, name)
    const source = ++sources
    const { tokens, ...others } = inspection
    const isOpenable = others.recognised === 'har' || others.recognised === 'capsule'
    last.value = { ...others, source, name, count: tokens.length, ...(isOpenable ? { openable: text } : {}) }
    list.put(tokens.map((token) => ({ id: token.fingerprint, token, source })))
    return inspection
  }

  /** Puts a token that stands within another beside it. */
  function takeInner(token: InspectedToken, source: number): void {
    list.put([{ id: token.fingerprint, token, source }])
  }

  /** Takes everything away. */
  function clear(): void {
    list.empty()
    last.value = undefined
  }

  return { ...list, last, isBusy, take, takeInner, clear }
})

function useReading() {
  const { engine } = useEngine()
  const underWay = ref(0)
  const isBusy = computed(() => underWay.value > 0)

  async function read(text: string, name: string): Promise<Inspection> {
    if (new TextEncoder().encode(JSON.stringify(text)).length > largestText) return nothing(tooLarge)
    underWay.value++
    try {
      return await engine.runCommand('token inspect', { text, ...(name ? { name } : {}) })
    } catch (error) {
      return nothing(toProblem(error))
    } finally {
      underWay.value--
    }
  }

  return { read, isBusy }
}

const tooLarge = problemOf('nothing-recognised', 'It is larger than the 7 MB that the window reads.', {
  whatToDo: ['Read it on the command line: grantlab token inspect FILE'],
})

function nothing(problem: Problem): Inspection {
  return { recognised: 'nothing', read: problem.detail, tokens: [], members: [], problems: [problem] }
}

/** The tokens, which of them stand side by side, and which two are compared. */
function useTokenList() {
  const tokens = shallowRef<readonly BenchToken[]>([])
  const shownIds = shallowRef<readonly string[]>([])
  const pair = shallowRef<readonly [left: string, right: string]>()
  const shown = computed(() => tokens.value.filter(({ id }) => shownIds.value.includes(id)))
  const compared = computed(() => {
    const [left, right] = (pair.value ?? []).map((id) => tokens.value.find((one) => one.id === id))
    return left && right ? ([left, right] as const) : undefined
  })

  function put(added: readonly BenchToken[]): void {
    if (added.length === 0) return
    const ids = new Set(added.map(({ id }) => id))
    tokens.value = [...tokens.value.filter(({ id }) => !ids.has(id)), ...added].slice(-mostTokens)
    const firstNew = [...ids].slice(0, mostShown)
    const stay = shownIds.value.filter((id) => !ids.has(id) && tokens.value.some((one) => one.id === id))
    const room = mostShown - firstNew.length
    shownIds.value = [...(room > 0 ? stay.slice(-room) : []), ...firstNew]
    pair.value = undefined
  }

  function remove(id: string): void {
    tokens.value = tokens.value.filter((one) => one.id !== id)
    shownIds.value = shownIds.value.filter((one) => one !== id)
    const [first] = tokens.value
    if (shownIds.value.length === 0 && first) shownIds.value = [first.id]
  }

  /** Shows a token beside the others, or takes it out of sight; of too many the one shown longest goes. */
  function toggle(id: string): void {
    const isShown = shownIds.value.includes(id)
    if (isShown && shownIds.value.length === 1) return
    const others = shownIds.value.filter((one) => one !== id)
    shownIds.value = isShown ? others : [...others, id].slice(-mostShown)
  }

  /** Compares two tokens; without any, goes back to reading them. */
  function compare(left?: string, right?: string): void {
    pair.value = left !== undefined && right !== undefined ? [left, right] : undefined
  }

  function empty(): void {
    tokens.value = []
    shownIds.value = []
    pair.value = undefined
  }

  return { tokens, shown, compared, put, remove, toggle, compare, empty }
}
