import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch, type Ref } from 'vue'
import type { Problem } from '../../contract/problem.ts'
import type { Run } from '../../contract/run.ts'
import { useEngine } from '../app/provided-engine.ts'
import { useDiscoveryTarget, type DiscoveryTarget } from './discovery-target.ts'
import { toProblem } from './problem-of.ts'
import { useRecentDiscoveries } from './recent-discoveries.ts'
import { useRuns } from './runs.ts'

/** Answers that tell that no server is there, while an API may be. */
const nowhere = ['metadata-not-found', 'metadata-invalid']

/** What a server or an API says about itself: asked for by anything a person pasted. */
export const useDiscovery = defineStore('discovery', () => {
  const { engine } = useEngine()
  const { list: recent, add: remember, clear: forgetRecent } = useRecentDiscoveries()
  /** what stands in the field */
  const text = ref('')
  /** the field holds the address of an API */
  const isResource = ref(false)
  /** the way of looking that is open; it stays from one server to the next */
  const tab = ref<string>()
  /** what the shown run was asked with, for a profile made of it */
  const pasted = ref('')
  const { run, read, problem, isBusy, begin, cancel } = useAskedRun()
  const { markAs } = useKnownKind(text, isResource)

  /** Reads what stands in the field and asks the server or API behind it; a later call takes the place of this one. */
  async function discover(): Promise<void> {
    pasted.value = text.value.trim()
    const found = await begin(pasted.value, isResource.value)
    const first = found?.metadata[0]
    if (!first) return
    const kind = first.kind === 'protected-resource' ? 'resource' : 'server'
    if (text.value.trim() === pasted.value) markAs(kind)
    remember({ kind, address: first.issuer })
  }

  /** Puts an address into the field and asks for it. */
  function open(address: string, kind: 'server' | 'resource' = 'server'): Promise<void> {
    text.value = address
    markAs(kind)
    return discover()
  }

  /** Goes back to the empty screen; what is under way is cancelled. */
  function clear(): void {
    cancel()
    run.value = undefined
    problem.value = undefined
    text.value = ''
    markAs('server')
  }

  /** Starts the built-in server and discovers it. */
  async function openPlayground(): Promise<void> {
    try {
      const { issuer } = await engine.runCommand('playground start', {})
      await open(issuer)
    } catch (error) {
      problem.value = toProblem(error)
    }
  }

  const state = { tab, text, isResource, read, pasted, problem, run, isBusy, recent }
  return { ...state, discover, open, clear, cancel, openPlayground, forgetRecent }
})

/** Keeps the mark *It is an API* to the text it was found true for; what a person marked before asking stays. */
function useKnownKind(text: Ref<string>, isResource: Ref<boolean>) {
  let known: string | undefined
  watch(
    text,
    (now) => {
      if (known === undefined || now.trim() === known) return
      known = undefined
      isResource.value = false
    },
    { flush: 'sync' },
  )

  function markAs(kind: 'server' | 'resource'): void {
    isResource.value = kind === 'resource'
    known = kind === 'resource' ? text.value.trim() : undefined
  }

  return { markAs }
}

/** The one question that is asked at a time, and the run that answers it. */
function useAskedRun() {
  const runs = useRuns()
  const readTarget = useDiscoveryTarget()
  const runId = ref<string>()
  /** how the text was read, in a sentence */
  const read = ref('')
  const problem = shallowRef<Problem>()
  const isBusy = ref(false)
  const run = computed({
    get: () => (runId.value === undefined ? undefined : runs.runs.get(runId.value)),
    set: (shown: Run | undefined) => (runId.value = shown?.id),
  })
  let turn = {}
  let started: string[] = []

  /** Asks what a text stands for; the run that is shown then, or undefined when another question took its place. */
  async function begin(text: string, isResource: boolean): Promise<Run | undefined> {
    cancel()
    const mine = (turn = {})
    run.value = undefined
    problem.value = undefined
    read.value = ''
    isBusy.value = true
    try {
      const found = await ask(await readTarget(text, isResource), () => mine === turn)
      return mine === turn ? found : undefined
    } catch (error) {
      if (mine === turn) problem.value = toProblem(error)
      return undefined
    } finally {
      if (mine === turn) isBusy.value = false
    }
  }

  async function ask({ input, read: how, orResource }: DiscoveryTarget, isAsked: () => boolean): Promise<Run> {
    const onStart = (id: string) => void (isAsked() ? started.push(id) : runs.cancel(id))
    const first = await runs.startAside(input, (id) => {
      onStart(id)
      if (isAsked()) [runId.value, read.value] = [id, how]
    })
    if (!orResource || !isAsked() || !nowhere.includes(first.problem?.code ?? '')) return first
    const other = await runs.startAside(orResource, onStart)
    if (!isAsked() || other.metadata.length === 0) return first
    read.value = 'No server is there, but an API that says who gives its tokens.'
    return (run.value = other)
  }

  /** Stops what is under way; what was found until then stays. */
  function cancel(): void {
    turn = {}
    for (const id of started) if (runs.runs.get(id)?.outcome === 'running') void runs.cancel(id)
    started = []
    isBusy.value = false
  }

  return { run, read, problem, isBusy, begin, cancel }
}
