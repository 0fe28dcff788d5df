import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { ParameterValues } from '../../contract/description.ts'
import type { Fingerprint } from '../../contract/mask.ts'
import type { Problem } from '../../contract/problem.ts'
import { toProblem } from './problem-of.ts'
import { useRuns } from './runs.ts'
import { useSecrets } from './secrets.ts'

/** The operation that judges a token. */
export const verifyOperation = 'token verify'

/** How the latest judging of a token stands. */
export interface Verification {
  isBusy: boolean
  runId?: string
  /** why there is no verdict */
  problem?: Problem
}

/** What is judged, and with what. */
export interface VerifyOrder {
  parameters: ParameterValues
  /** whose client and connection count */
  profile?: string
  /** secret parameters whose values this session knows, by name */
  known?: Readonly<Record<string, Fingerprint>>
}

/** Tokens of the bench, judged: each keeps the run that judged it last. */
export const useVerifications = defineStore('verifications', () => {
  const runs = useRuns()
  const secrets = useSecrets()
  const byToken = shallowRef<ReadonlyMap<Fingerprint, Verification>>(new Map())

  /** Judges a token; the verdict stands in its run. */
  async function verify(token: Fingerprint, { parameters, profile, known = {} }: VerifyOrder): Promise<void> {
    put(token, { isBusy: true })
    let runId: string | undefined
    try {
      // SECURITY: clear values are fetched for this one call and kept nowhere here.
      const wanted = Object.entries({ ...known, token })
      const clear = await Promise.all(wanted.map(async ([name, of]) => [name, await secrets.reveal(of)] as const))
      const all = { ...parameters, ...Object.fromEntries(clear) }
      const input = { operation: verifyOperation, parameters: all, ...(profile === undefined ? {} : { profile }) }
      const run = await runs.startAside(input, (id) => put(token, { isBusy: true, runId: (runId = id) }))
      put(token, { isBusy: false, runId: run.id, ...(run.problem ? { problem: run.problem } : {}) })
    } catch (error) {
      put(token, { isBusy: false, ...(runId === undefined ? {} : { runId }), problem: toProblem(error) })
    }
  }

  function put(token: Fingerprint, verification: Verification): void {
    byToken.value = new Map(byToken.value).set(token, verification)
  }

  /** The verdict on a token, when there is one. */
  function verdictOf(token: Fingerprint) {
    const { runId } = byToken.value.get(token) ?? {}
    return runId === undefined ? undefined : runs.runs.get(runId)?.verdicts.at(-1)?.verdict
  }

  return { byToken, verify, verdictOf }
})
