import { computed, reactive, ref, shallowRef } from 'vue'
import type { ProfileTemplate } from '../../../contract/commands.ts'
import type { ParameterValues } from '../../../contract/description.ts'
import type { JsonObject } from '../../../contract/json.ts'
import type { Problem } from '../../../contract/problem.ts'
import { toProblem } from '../../stores/problem-of.ts'
import { useProfiles } from '../../stores/profiles.ts'
import { useRuns } from '../../stores/runs.ts'
import { useSecrets } from '../../stores/secrets.ts'
import { proposeClientAuth } from './choose-client-auth.ts'
import { emptyDraft, missingOf, takeValues, valuesOf, type ProfileDraft } from './profile-draft.ts'
import { profileNameOf, secretNameOf, titleOf } from '../../stores/profile-names.ts'

/** A profile in the making: read from an address, filled by discovery, corrected by a person, written. */
export function useNewProfile() {
  const profiles = useProfiles()
  const secrets = useSecrets()
  const draft = reactive<ProfileDraft>({ ...emptyDraft })
  const read = ref('')
  const templates = shallowRef<ProfileTemplate[]>([])
  const { metadata, problem, busy, attempt, discover } = useDiscovery()
  let others: ParameterValues = {}
  let proposedTitle = ''

  const proposal = computed(() =>
    proposeClientAuth(draft.clientSecret !== '', metadata.value?.token_endpoint_auth_methods_supported),
  )

  function reset(): void {
    Object.assign(draft, emptyDraft)
    read.value = ''
    metadata.value = undefined
    problem.value = undefined
    others = {}
    proposedTitle = ''
  }

  /** Reads an address and asks the server behind it; a refusal stays beside the form, which can be filled in all the same. */
  const readAddress = (address: string): Promise<boolean> =>
    attempt('reading', async () => {
      read.value = ''
      metadata.value = undefined
      const reading = await profiles.readAddress(address)
      read.value = reading.read
      others = takeValues(draft, reading.values)
      const asked = draft.issuer
      const found = asked ? await discover(asked.trim()) : ''
      // The server may take its time: what a person typed meanwhile stays.
      if (draft.issuer === asked) draft.issuer = found
      if (draft.title === '' || draft.title === proposedTitle) draft.title = titleOf(draft.issuer)
      proposedTitle = titleOf(draft.issuer)
    })

  /** Writes the profile, then its secret, and takes it into use; true when it is done. */
  const save = (): Promise<boolean> =>
    attempt('saving', async () => {
      const name = profileNameOf(draft.title)
      const values = { ...others, ...valuesOf(draft, { name, clientAuth: proposal.value.method }) }
      await profiles.save({ name, title: draft.title.trim(), values })
      if (draft.clientSecret) {
        await secrets.save({ name: secretNameOf(name), value: draft.clientSecret, profile: name })
      }
    })

  /** Known services that a person can start with; none when they cannot be had. */
  async function loadTemplates(): Promise<void> {
    templates.value = await profiles.listTemplates().catch(() => [])
  }

  const missing = computed(() => missingOf(draft))
  return { draft, read, metadata, problem, busy, proposal, missing, templates, loadTemplates, reset, readAddress, save }
}

function useDiscovery() {
  const runs = useRuns()
  const metadata = shallowRef<JsonObject>()
  const problem = shallowRef<Problem>()
  const busy = ref<'reading' | 'saving'>()

  async function attempt(doing: 'reading' | 'saving', work: () => Promise<void>): Promise<boolean> {
    busy.value = doing
    problem.value = undefined
    try {
      await work()
      return true
    } catch (error) {
      problem.value = toProblem(error)
      return false
    } finally {
      busy.value = undefined
    }
  }

  /** Asks the server what it says about itself; answers its issuer as it names it. */
  async function discover(issuer: string): Promise<string> {
    const run = await runs.startAside({ operation: 'discover', parameters: { issuer } })
    const found = run.metadata.at(-1)
    metadata.value = found?.document
    problem.value = run.problem
    return found?.issuer ?? issuer
  }

  return { metadata, problem, busy, attempt, discover }
}
