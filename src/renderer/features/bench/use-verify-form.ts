import { computed, reactive, ref } from 'vue'
import type { InspectedToken } from '../../../contract/bench/inspection.ts'
import type { Fingerprint } from '../../../contract/mask.ts'
import { useBench, type BenchToken } from '../../stores/bench.ts'
import { useEngineDescription } from '../../stores/engine-description.ts'
import { useProfiles } from '../../stores/profiles.ts'
import { issuerOf } from '../../stores/token-questions.ts'
import { useVerifications, verifyOperation } from '../../stores/verifications.ts'
import {
  furtherParameters,
  hostOf,
  isOnThisMachine,
  likelyKeys,
  verifyParameters,
  wantsSecondYes,
  type VerifyChoices,
} from './verify-order.ts'

/** Who may be meant by a token, by its own word. */
function clientsOf({ claimsJson = {} }: InspectedToken): unknown[] {
  return [claimsJson.aud, claimsJson.azp, claimsJson.client_id, claimsJson.cid].flat()
}

/** The form that judges a token of the bench, and how its judging stands. */
export function useVerifyForm(one: () => BenchToken) {
  const { profile, matchesClient, operation } = useSurroundings(one)
  const verifications = useVerifications()
  const along = useTokensAlong(one)
  const choices = reactive<VerifyChoices>({
    keys: likelyKeys(one().token),
    jwks: '',
    secret: '',
    audience: '',
    when: 'now',
    time: '',
    more: {},
    usesProfile: matchesClient.value,
    allowPrivate: false,
  })
  /** the second question is open */
  const asksAgain = ref(false)
  const issuer = computed(() => choices.more.issuer || issuerOf(one().token))
  const host = computed(() => hostOf(issuer.value))
  const state = computed(() => verifications.byToken.get(one().id))
  const verdict = computed(() => verifications.verdictOf(one().id))
  const isGuarded = computed(() => !choices.usesProfile && !choices.more.issuer)
  const isReady = computed(
    () =>
      ({ issuer: host.value, given: choices.jwks.trim(), secret: choices.secret, none: true })[choices.keys] &&
      !state.value?.isBusy,
  )
  const wasGuarded = computed(() => choices.keys === 'issuer' && wantsSecondYes(state.value?.problem))

  /** Judges; a server on this machine that only the token names is asked about first. */
  async function verify(): Promise<void> {
    const isAsked = choices.keys === 'issuer' && isGuarded.value && !choices.allowPrivate
    if (isAsked && (isOnThisMachine(issuer.value) || wasGuarded.value)) return void (asksAgain.value = true)
    const used = choices.keys === 'issuer' && choices.usesProfile ? profile.value : undefined
    await verifications.verify(one().id, {
      parameters: verifyParameters(choices, one().token.seenAt),
      ...(used ? { profile: used.name } : {}),
      known: along.value,
    })
  }

  /** The second yes counts for this token from now on. */
  function allow(): Promise<void> {
    asksAgain.value = false
    choices.allowPrivate = true
    return verify()
  }

  const further = computed(() => furtherParameters(operation.value?.parameters ?? []))
  const facts = { operation, profile, along, further, issuer, host, state, verdict, isReady, wasGuarded }
  return { ...facts, choices, asksAgain, verify, allow }
}

/** What the engine can do, and the profile in use where it is for the token's issuer. */
function useSurroundings(one: () => BenchToken) {
  const descriptions = useEngineDescription()
  const profiles = useProfiles()
  const operation = computed(() => descriptions.operationOf(verifyOperation))
  const profile = computed(() => {
    const issuer = issuerOf(one().token)
    return issuer !== undefined && profiles.current?.values.issuer === issuer ? profiles.current : undefined
  })
  const matchesClient = computed(() => {
    const client = profile.value?.values.client_id
    return typeof client === 'string' && clientsOf(one().token).includes(client)
  })
  return { operation, profile, matchesClient }
}

/** Tokens that came in the same text and whose hashes the token holds. @see OpenID Connect Core §3.1.3.6, §3.3.2.11 */
function useTokensAlong(one: () => BenchToken) {
  const bench = useBench()
  return computed(() => {
    const { token, source } = one()
    const known: Record<string, Fingerprint> = {}
    for (const [claim, use] of [
      ['at_hash', 'access_token'],
      ['c_hash', 'code'],
    ] as const) {
      const others = bench.tokens.filter((other) => other.source === source && other.token.use === use)
      // With several, nobody knows which one is meant.
      if (token.claimsJson?.[claim] !== undefined && others.length === 1) known[use] = others[0]!.id
    }
    return known
  })
}
