import { computed, reactive, ref, shallowRef } from 'vue'
import type { ParameterValues } from '../../../contract/description.ts'
import type { JsonObject } from '../../../contract/json.ts'
import type { Problem } from '../../../contract/problem.ts'
import { toProblem } from '../../stores/problem-of.ts'
import { useProfiles } from '../../stores/profiles.ts'
import { useRuns } from '../../stores/runs.ts'
import { proposeClientAuth } from './choose-client-auth.ts'
import { profileNameOf, secretNameOf, titleOf } from './profile-names.ts'

/** Where the server sends the browser back when nobody knows what is registered: a fixed port, so it can be. */
export const proposedRedirectUri = 'http://127.0.0.1:8765/callback'
/** A redirect URI whose port is free at the time; servers allow it only where they follow RFC 8252 §7.3. */
export const freePortRedirectUri = 'http://127.0.0.1:0/callback'

/** Which redirect URI is registered for the client. */
export type RedirectChoice = 'registered' | 'proposed' | 'free-port'

const emptyDraft = {
  title: '',
  issuer: '',
  clientId: '',
  clientSecret: '',
  /** empty: as proposed */
  clientAuth: '',
  scope: 'openid',
  redirectChoice: 'registered' as RedirectChoice,
  registeredUri: '',
}

/** A profile in the making: read from an address, filled by discovery, corrected by a person, written. */
export function useNewProfile() {
  const profiles = useProfiles()
  const runs = useRuns()
  const draft = reactive({ ...emptyDraft })
  const read = ref('')
  const metadata = shallowRef<JsonObject>()
  const problem = shallowRef<Problem>()
  const busy = ref<'reading' | 'saving'>()
  let others: ParameterValues = {}

  const proposal = computed(() =>
    proposeClientAuth(draft.clientSecret !== '', metadata.value?.token_endpoint_auth_methods_supported),
  )
  const redirectUri = computed(
    () =>
      ({ registered: draft.registeredUri.trim(), proposed: proposedRedirectUri, 'free-port': freePortRedirectUri })[
        draft.redirectChoice
      ],
  )
  const isComplete = computed(() =>
    [draft.title.trim(), draft.issuer.trim(), draft.clientId.trim(), redirectUri.value].every((text) => text !== ''),
  )

  function reset(): void {
    Object.assign(draft, emptyDraft)
    read.value = ''
    metadata.value = undefined
    problem.value = undefined
    others = {}
  }

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

  function take({ issuer, client_id, redirect_uri, scope, ...more }: ParameterValues): void {
    others = more
    if (issuer) draft.issuer = String(issuer)
    if (client_id) draft.clientId = String(client_id)
    if (scope) draft.scope = String(scope)
    if (redirect_uri) Object.assign(draft, { registeredUri: String(redirect_uri), redirectChoice: 'registered' })
  }

  /** Asks the server what it says about itself; a refusal stays beside the form, which can be filled in all the same. */
  async function discover(): Promise<void> {
    const run = await runs.startAside({ operation: 'discover', parameters: { issuer: draft.issuer.trim() } })
    const found = run.metadata.at(-1)
    metadata.value = found?.document
    if (found) draft.issuer = found.issuer
    problem.value = run.problem
  }

  /** Reads an address and asks the server behind it. */
  const readAddress = (address: string): Promise<boolean> =>
    attempt('reading', async () => {
      const reading = await profiles.readAddress(address)
      read.value = reading.read
      take(reading.values)
      if (draft.issuer) await discover()
      draft.title ||= titleOf(draft.issuer)
    })

  /** Writes the profile, then its secret, and takes it into use; true when it is done. */
  const save = (): Promise<boolean> =>
    attempt('saving', async () => {
      const name = profileNameOf(draft.title)
      const secret = secretNameOf(name)
      const values: ParameterValues = {
        ...others,
        issuer: draft.issuer.trim(),
        client_id: draft.clientId.trim(),
        client_auth: draft.clientAuth || proposal.value.method,
        redirect_uri: redirectUri.value,
        ...(draft.scope.trim() ? { scope: draft.scope.trim() } : {}),
        ...(draft.clientSecret ? { client_secret: { secret } } : {}),
      }
      await profiles.save({ name, title: draft.title.trim(), values })
      if (draft.clientSecret) await profiles.setSecret(secret, draft.clientSecret)
    })

  return { draft, read, metadata, problem, busy, proposal, isComplete, reset, readAddress, save }
}
