import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { BodySlice } from '../../../contract/engine.ts'
import type { BodyReference } from '../../../contract/http.ts'
import { createLineCollector } from './body-lines.ts'
import { JsonIndenter } from './indent-json.ts'

/** Reads a slice of a body. */
export type ReadSlice = (offset: number, length: number) => Promise<BodySlice>

const sliceCharacters = 262_144
/** What is read without asking; the rest is read a megabyte at a time. */
const portionCharacters = 1_048_576

/** What a body's lines are made from. */
export interface BodyTextOptions {
  body: () => BodyReference
  isIndented: () => boolean
  read: () => ReadSlice
}

/** The lines of a body, read slice by slice; they grow while they are read. */
export function useBodyText(options: BodyTextOptions) {
  const lines = shallowRef<readonly string[]>([])
  const readCharacters = ref(0)
  const problem = ref<string>()
  let reading = 0
  let more = () => Promise.resolve()
  onScopeDispose(() => reading++)

  /** Starts over; a reading under way that is not the last one stops at its next slice. */
  function start() {
    const mine = ++reading
    const { characters, inline } = options.body()
    const collector = createLineCollector()
    const indenter = options.isIndented() ? new JsonIndenter() : { push: (piece: string) => piece }
    problem.value = undefined
    readCharacters.value = 0
    const take = (text: string) => {
      collector.push(indenter.push(text))
      readCharacters.value += text.length
      lines.value = [...collector.lines]
    }
    more = async () => {
      const end = Math.min(characters, readCharacters.value + portionCharacters)
      try {
        while (readCharacters.value < end) {
          const { text } = await options.read()(
            readCharacters.value,
            Math.min(sliceCharacters, end - readCharacters.value),
          )
          if (mine !== reading || text === '') return
          take(text)
        }
      } catch (error) {
        if (mine === reading) problem.value = error instanceof Error ? error.message : String(error)
      }
    }
    if (inline === undefined) void more()
    else take(inline)
  }

  watch([() => options.body().id, options.isIndented, options.read], start, { immediate: true })
  return { lines, readCharacters, problem, more: () => more() }
}
