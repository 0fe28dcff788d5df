import { defineStore } from 'pinia'
import type { KeptTokenSummary } from '../../contract/kept.ts'
import { useEngineDescription } from './engine-description.ts'
import type { NextStep } from './next-steps.ts'
import { usePlaces } from './places.ts'
import { useProfiles } from './profiles.ts'
import type { RunAnswers } from './run-answers.ts'
import { useRunForm } from './run-form.ts'

const steps: readonly NextStep[] = [
  { id: 'introspect', title: 'Ask the server about it' },
  { id: 'revoke', title: 'Revoke…' },
]

/** What can be asked of a server about one kept token. */
export const useTokenSteps = defineStore('token-steps', () => {
  const descriptions = useEngineDescription()
  const places = usePlaces()
  const form = useRunForm()
  const profiles = useProfiles()

  /** Nothing about an ID token, which no server takes back. @see RFC 7009 §2, RFC 7662 §2.1 */
  function offeredFor({ kind, profile }: KeptTokenSummary): NextStep[] {
    if (kind === 'id_token' || profile === null) return []
    return steps.filter(({ id }) => descriptions.operationOf(id))
  }

  /** Does something with exactly this kept token, where runs are shown. The new run's id, if any. */
  async function take(token: KeptTokenSummary, id: string, answers: RunAnswers = {}): Promise<string | undefined> {
    if (token.profile !== null) await profiles.choose(token.profile)
    form.chooseOperation(id)
    places.go('run')
    const { kind, user, family } = token
    const named = new Map(
      Object.entries({
        kind,
        user: user || undefined,
        family,
        generation: undefined,
        token: undefined,
        scope: undefined,
      }),
    )
    for (const parameter of form.operation?.parameters ?? []) {
      const value = named.get(parameter.name)
      if (named.has(parameter.name)) form.set(parameter.name, value === parameter.default ? undefined : value)
    }
    return form.missing.length === 0 ? form.run(answers) : undefined
  }

  return { offeredFor, take }
})
