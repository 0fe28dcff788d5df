import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { ParameterDescription } from '../../contract/description.ts'
import type { Json } from '../../contract/json.ts'
import type { KeptTokenSummary } from '../../contract/kept.ts'
import type { Run } from '../../contract/run.ts'
import type { TokenKind } from '../../contract/token-kind.ts'
import { useEngineDescription } from './engine-description.ts'
import { usePlaces } from './places.ts'
import { useProfiles } from './profiles.ts'
import { useRunForm } from './run-form.ts'

/** Something to do with tokens that are there. */
export interface NextStep {
  /** the operation's id */
  id: string
  title: string
}

/** What counts of a token here, whether a run brought it or it is kept. */
type Usable = Pick<KeptTokenSummary, 'kind'> & { scope?: string; dead?: boolean }

const steps: readonly (NextStep & { needs: TokenKind; scope?: string })[] = [
  { id: 'userinfo', title: 'Call userinfo', needs: 'access_token', scope: 'openid' },
  { id: 'call', title: 'Call an API', needs: 'access_token' },
  { id: 'refresh', title: 'Refresh', needs: 'refresh_token' },
]

/** What can be done with tokens that are there: goes on with another operation, as the same user. */
export const useNextSteps = defineStore('next-steps', () => {
  const descriptions = useEngineDescription()
  const places = usePlaces()
  const form = useRunForm()
  const profiles = useProfiles()
  /** the parameter that a person is asked to fill in, until its field has the focus */
  const asked = ref<string>()

  /** What can be done with these tokens here: userinfo wants a token for openid, and a dead refresh token is good for nothing. */
  function offeredFor(tokens: readonly Usable[]): NextStep[] {
    const isGood = ({ kind, scope = '', dead }: Usable, { needs, scope: wanted }: (typeof steps)[number]) =>
      kind === needs &&
      (wanted === undefined || scope.split(' ').includes(wanted)) &&
      !(dead && kind === 'refresh_token')
    return steps.filter((step) => descriptions.operationOf(step.id) && tokens.some((token) => isGood(token, step)))
  }

  /** The operation that signs in anew, when the engine has one: the first that brings a refresh token. */
  function signIn(): string | undefined {
    return descriptions.operations.find(({ brings }) => brings?.includes('refresh_token'))?.id
  }

  /** Goes on from what a run used and brought; the scope is left as it was granted. The new run's id, if any. */
  async function after(earlier: Run, id: string): Promise<string | undefined> {
    await form.takeFrom(earlier, id)
    form.set('scope', undefined)
    return goOn(userOf(earlier))
  }

  /** Who signed in, where Grantlab knows: the user named in the profile counts only when that one was typed for a person. */
  function userOf({ operation, parameters }: Run): Json | undefined {
    const described = descriptions.operationOf(operation)?.parameters.find(({ name }) => name === 'user')
    const { onlyWhen } = described ?? {}
    const counts = !onlyWhen || onlyWhen.values.includes(String(parameters[onlyWhen.parameter]))
    return counts ? parameters.user : undefined
  }

  /** Goes on with the tokens that are kept for a profile and a user. The new run's id, if any. */
  async function withKept({ profile, user }: KeptTokenSummary, id: string): Promise<string | undefined> {
    if (profile !== null) await profiles.choose(profile)
    form.chooseOperation(id)
    return goOn(user || undefined)
  }

  /** Runs at once, unless the operation takes something of its own, such as an address: the form then asks for it. */
  async function goOn(user: Json | undefined): Promise<string | undefined> {
    places.go('run')
    const parameters = form.operation?.parameters ?? []
    if (parameters.some(({ name }) => name === 'user')) form.set('user', user)
    // An old refresh token is sent only where somebody asks for just that.
    for (const name of ['family', 'generation']) form.set(name, undefined)
    const [needed = parameters.find(isOwnAndRequired)] = form.missing
    if (!needed) return form.run()
    asked.value = needed.name
    return undefined
  }

  return { asked, offeredFor, signIn, after, withKept }
})

function isOwnAndRequired({ required, inProfile }: ParameterDescription): boolean {
  return required === true && !inProfile
}
