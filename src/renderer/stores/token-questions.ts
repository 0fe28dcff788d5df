import { defineStore } from 'pinia'
import type { InspectedToken } from '../../contract/bench/inspection.ts'
import type { OperationDescription, ParameterValues } from '../../contract/description.ts'
import type { ProfileSummary } from '../../contract/profile.ts'
import { useEngineDescription } from './engine-description.ts'
import { useNextSteps } from './next-steps.ts'
import { usePlaces } from './places.ts'
import { useProfiles } from './profiles.ts'
import type { RunAnswers } from './run-answers.ts'
import { useRunForm } from './run-form.ts'
import { useSecrets } from './secrets.ts'

type Use = InspectedToken['use']

/** Something a server can be asked about a token. */
export interface TokenQuestion {
  /** the operation's id */
  id: string
  title: string
  /** what the operation calls the token */
  parameter: string
  /** what it is asked besides, where it takes that */
  values?: ParameterValues
  takesAway?: true
}

const questions: readonly (TokenQuestion & { of: readonly Use[] })[] = [
  { id: 'introspect', title: 'Introspect', parameter: 'token', of: ['access_token', 'refresh_token', 'unknown'] },
  { id: 'userinfo', title: 'Userinfo', parameter: 'access_token', of: ['access_token', 'unknown'] },
  { id: 'call', title: 'Call an API…', parameter: 'access_token', of: ['access_token', 'unknown'] },
  {
    id: 'revoke',
    title: 'Revoke…',
    parameter: 'token',
    values: { check: true },
    takesAway: true,
    of: ['access_token', 'refresh_token', 'unknown'],
  },
]

/** What servers can be asked about a token of the bench, and with which profile. */
export const useTokenQuestions = defineStore('token-questions', () => {
  const descriptions = useEngineDescription()
  const profiles = useProfiles()
  const places = usePlaces()
  const form = useRunForm()
  const secrets = useSecrets()
  const nextSteps = useNextSteps()

  /** What the engine can ask about it: an ID token is no server's to take, and what cannot be read is asked nothing. */
  function offeredFor({ use, form: shape }: InspectedToken): TokenQuestion[] {
    if (shape === 'malformed') return []
    const takes = (operation: OperationDescription | undefined, name: string) =>
      operation?.parameters.some((parameter) => parameter.name === name) === true
    return questions.filter(
      ({ id, parameter, of }) => of.includes(use) && takes(descriptions.operationOf(id), parameter),
    )
  }

  /** The profile whose server issued the token: the one in use before others. A token that names nobody belongs to it. */
  function profileFor(issuer: string | undefined): ProfileSummary | undefined {
    const inUse = profiles.currentSummary
    // The list does not know where the built-in server runs; the profile in use does.
    if (issuer === undefined || profiles.current?.values.issuer === issuer) return inUse
    return profiles.list.find((one) => !one.problem && one.issuer === issuer)
  }

  /**
   * Puts the token into the form of an operation. With the profile of its server that is run at once, where nothing is
   * missing; else a person looks first where it would go.
   */
  async function ask(token: InspectedToken, question: TokenQuestion, answers: RunAnswers = {}): Promise<void> {
    const issuer = issuerOf(token)
    const profile = profileFor(issuer)
    const clear = await secrets.reveal(token.fingerprint)
    if (profile) await profiles.choose(profile.name)
    form.chooseOperation(question.id)
    fill({
      ...question.values,
      [question.parameter]: clear,
      // A token of another server must not go to the one of the profile that happens to be in use.
      ...(!profile && issuer !== undefined ? { issuer } : {}),
    })
    places.go('run')
    const [needed] = form.missing
    if (needed) nextSteps.asked = needed.name
    // SECURITY: a pasted token goes nowhere by itself but to the server that issued it.
    else if (profile && issuer !== undefined) await form.run(answers)
  }

  function fill(values: ParameterValues): void {
    for (const { name } of form.operation?.parameters ?? []) if (name in values) form.set(name, values[name])
  }

  return { offeredFor, profileFor, ask }
})

/** Who issued a token, by its own word. */
export function issuerOf({ claimsJson }: InspectedToken): string | undefined {
  const issuer = claimsJson && Object.hasOwn(claimsJson, 'iss') ? claimsJson.iss : undefined
  return typeof issuer === 'string' ? issuer : undefined
}
