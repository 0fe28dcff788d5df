import { defineStore } from 'pinia'
import type { FamilyGraph, FamilyNode } from '../../contract/bench/family.ts'
import { useEngine } from '../app/provided-engine.ts'
import { usePlaces } from './places.ts'
import { useProfiles } from './profiles.ts'
import type { RunAnswers } from './run-answers.ts'
import { useRunForm } from './run-form.ts'
import { useSecrets } from './secrets.ts'
import { useTakeIn } from './take-in.ts'

/** Kept grants as graphs, and what can be done with their tokens. */
export const useFamilies = defineStore('families', () => {
  const { engine } = useEngine()
  const form = useRunForm()
  const places = usePlaces()
  const profiles = useProfiles()
  const secrets = useSecrets()
  const { takeIn } = useTakeIn()

  /** A kept grant from its code to its newest refresh. Asks no server. Rejects with a problem. */
  const draw = (family: string): Promise<FamilyGraph> => engine.runCommand('tokens family', { family })

  /** Puts a token of it on the bench. Rejects with a problem when its value is not kept any more. */
  async function inspect({ fingerprint }: FamilyNode): Promise<void> {
    if (fingerprint === undefined) return
    await takeIn(await secrets.reveal(fingerprint))
  }

  /** Sends a refresh token that was replaced, on purpose. The run's id, if it could be started. @see RFC 9700 §4.14.2 */
  async function tryOld(
    { family, profile, user }: FamilyGraph,
    { generation }: FamilyNode,
    answers: RunAnswers = {},
  ): Promise<string | undefined> {
    if (profile !== null) await profiles.choose(profile)
    form.chooseOperation('refresh')
    places.go('run')
    const named = { family, generation, user: user || undefined, refresh_token: undefined, minimum_seconds: undefined }
    for (const [name, value] of Object.entries(named)) form.set(name, value)
    return form.missing.length === 0 ? form.run(answers) : undefined
  }

  /** Shows the run that brought a token. */
  function openRun(runId: string): void {
    places.go('run')
    void form.open(runId)
  }

  return { draw, inspect, tryOld, openRun }
})
