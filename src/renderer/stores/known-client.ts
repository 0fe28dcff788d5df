import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { preflightOf } from '../../contract/preflight/preflight.ts'
import type { PreflightCheck } from '../../contract/preflight/preflight-check.ts'
import { wantedOf } from '../../contract/preflight/wanted.ts'
import type { Problem } from '../../contract/problem.ts'
import type { Registration } from '../../contract/registration.ts'
import { useEngine } from '../app/provided-engine.ts'
import { latestReading } from './latest-reading.ts'
import { targetParameter, useManagement } from './management.ts'
import { toProblem } from './problem-of.ts'
import { useProfiles } from './profiles.ts'
import { useRunForm } from './run-form.ts'
import { useRuns } from './runs.ts'

/** Somebody who types an address or an id is asked nothing meanwhile. */
const restMs = 250
const reading = 'clients get'

/** What is known of the client that the form names, and what of the form it does not fit. */
export const useKnownClient = defineStore('known-client', () => {
  const form = useRunForm()
  const runs = useRuns()
  const { known } = useRemembered()
  const asking = useAsking(() => known.value?.management !== undefined)

  /** the operation compares, and nobody said that it should not */
  const isWanted = computed(
    () =>
      form.parameters.some(({ name }) => name === 'preflight') &&
      form.effective.preflight !== 'off' &&
      Boolean(form.effective.client_id),
  )
  const metadata = computed(() => runs.metadata.get(String(form.effective.issuer)))
  const checks = computed<PreflightCheck[]>(() => {
    if (!isWanted.value || !known.value?.client || !form.operation) return []
    const wanted = wantedOf(form.effective, form.operation.id, new Date().toISOString())
    return preflightOf(wanted, known.value.client, metadata.value)
  })

  return { isWanted, known, checks, ...asking }
})

/** Looks up the client of the form, anew when the form names another one or a run has ended. */
function useRemembered() {
  const { engine } = useEngine()
  const form = useRunForm()
  const runs = useRuns()
  const found = shallowRef<{ key: string; registration: Registration | null }>()
  const key = computed(() => JSON.stringify([form.effective.issuer, form.effective.client_id]))
  const known = computed(() => (found.value?.key === key.value ? found.value.registration : undefined))

  const load = latestReading(async (isLatest) => {
    const [issuer, client_id] = JSON.parse(key.value) as [unknown, unknown]
    const asked = key.value
    if (typeof issuer !== 'string' || typeof client_id !== 'string' || !issuer || !client_id) return
    // Nothing is lost when it cannot be told: nothing is compared then.
    const registration = await engine.runCommand('registrations find', { issuer, client_id }).catch(() => null)
    if (isLatest()) found.value = { key: asked, registration }
  })
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(
    [key, () => runs.history],
    () => {
      clearTimeout(timer)
      timer = setTimeout(() => void load(), restMs)
    },
    { immediate: true },
  )
  return { known }
}

/** Asks the server for the registration, where its vendor has a way to. */
function useAsking(isManaged: () => boolean) {
  const form = useRunForm()
  const management = useManagement()
  const profiles = useProfiles()
  const isAsking = ref(false)
  const problem = shallowRef<Problem>()
  /** the run that asked last */
  const runId = ref<string>()
  const isOfProfile = computed(() => form.effective.issuer === profiles.current?.values.issuer)
  const isOffered = computed(() => isOfProfile.value && management.offered(reading) !== undefined)
  /** the server tells of any client, not only of those that were registered from here */
  const tellsAll = computed(
    () =>
      isOffered.value &&
      management.vendor?.methods.includes('listClients') === true &&
      management.missingKey(reading) === undefined,
  )
  const canAsk = computed(() => tellsAll.value || (isOffered.value && isManaged()))
  watch(
    () => [form.effective.client_id, management.key],
    () => (problem.value = undefined),
  )

  async function ask(): Promise<void> {
    const name = targetParameter(management.offered(reading))?.name
    if (!name || isAsking.value) return
    isAsking.value = true
    problem.value = undefined
    try {
      const parameters = { [name]: form.effective.client_id }
      const run = await management.run({ operation: reading, parameters }, (id) => (runId.value = id))
      problem.value = run.problem
    } catch (error) {
      problem.value = toProblem(error)
    } finally {
      isAsking.value = false
    }
  }

  return { canAsk, tellsAll, isAsking, problem, runId, ask }
}
