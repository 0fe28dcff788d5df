import { computed, onMounted, ref, shallowRef, watch } from 'vue'
import type { Problem } from '../../../contract/problem.ts'
import type { Registration } from '../../../contract/registration.ts'
import { useClientsView } from '../../stores/clients-view.ts'
import { useManagedLists } from '../../stores/managed-lists.ts'
import { useManagement } from '../../stores/management.ts'
import { useNotice } from '../../stores/notice.ts'
import { toProblem } from '../../stores/problem-of.ts'
import { useProfiles } from '../../stores/profiles.ts'
import { useRegistrations } from '../../stores/registrations.ts'
import { useRuns } from '../../stores/runs.ts'
import { registrationRowsOf } from './registration-rows.ts'

/** The inventory, and what is done to one entry of it. */
export function useRegistered() {
  const registrations = useRegistrations()
  const management = useManagement()
  const profiles = useProfiles()
  const lists = useManagedLists()
  const view = useClientsView()
  const runs = useRuns()
  const notice = useNotice()
  const problem = shallowRef<Problem>()
  const failedRun = ref<string>()
  const isBusy = ref(false)
  const issuer = computed(() => String(profiles.current?.values.issuer ?? ''))
  const rows = computed(() => registrationRowsOf(registrations.list, issuer.value, view.isOfServer))

  onMounted(() => void registrations.load())
  // A run that ended may have registered, read or deleted one.
  watch(
    () => runs.history,
    () => void registrations.load(),
  )

  async function attempt(work: () => Promise<void>): Promise<void> {
    problem.value = failedRun.value = undefined
    isBusy.value = true
    try {
      await work()
    } catch (error) {
      problem.value = toProblem(error)
    }
    isBusy.value = false
    await registrations.load()
  }

  /** Asks the server what it has: where it gave an address, there; else through the vendor. */
  const read = ({ client_id: clientId, management: managed, title }: Registration) =>
    attempt(async () => {
      const operation = managed ? 'registration read' : 'clients get'
      const run = await management.run({ operation, parameters: { client_id: clientId } })
      problem.value = run.problem
      failedRun.value = run.problem && run.id
      if (!run.problem) notice.tell(`${title || clientId} read`)
    })

  const forget = ({ id, title }: Registration) =>
    attempt(async () => {
      await registrations.forget(id)
      notice.tell(`${title || 'The registration'} forgotten`)
    })

  /** Lists the clients of that name. */
  function look({ title }: Registration): void {
    const isExact = management.vendor?.filters.includes('client_name')
    view.clients = { text: isExact ? '' : title, type: '', grantType: '' }
    view.tab = 'clients'
    void lists.ask('clients', isExact ? { client_name: title } : {})
  }

  return { rows, issuer, problem, failedRun, isBusy, read, forget, look }
}
