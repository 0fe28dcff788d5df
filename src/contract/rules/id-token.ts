import { claimChecks } from '../bench/claim-checks.ts'
import type { CheckLine } from '../bench/check-line.ts'
import { expectedIssuer } from '../bench/expected-issuer.ts'
import type { AskedOfToken, ReadClaims } from '../bench/judged-facts.ts'
import { timeChecks } from '../bench/time-checks.ts'
import type { JsonObject } from '../json.ts'
import type { ReceivedToken, RecordedProof, Run } from '../run.ts'
import type { Rule, Severity } from './rule.ts'

/** How far clocks may be apart before anything is said. */
const toleranceMs = 30_000

/** A token that a run brought, with its header and claims. */
export type ReadableToken = ReceivedToken & { header: JsonObject; claims: JsonObject }

/** The tokens of a kind that a run brought and that can be read; one that was kept from before is none of them. */
export function readableTokens(run: Run, kind: ReceivedToken['kind']): ReadableToken[] {
  return run.tokens.filter(
    (token): token is ReadableToken => token.kind === kind && !token.kept && Boolean(token.claims && token.header),
  )
}

/** A token's parts as checks take them. */
export function readClaimsOf({ header, claims, length }: ReadableToken): ReadClaims {
  return { header, claims, characters: length }
}

const core = 'OpenID Connect Core §3.1.3.7'

type Told = [id: string, title: string, remedy: string, specification?: string, severity?: Severity]

/** Told by the claims themselves, as a pasted token is judged. */
const byClaims: Told[] = [
  ['iss', 'The ID token names another issuer', 'Have iss be exactly the issuer of the metadata.'],
  ['aud', 'The ID token is meant for another client', 'Do not use it. Find out which client it was issued to.'],
  ['azp', 'The authorized party is not this client', 'Do not use it. Have azp be the client that asked.'],
  ['exp', 'The ID token had expired when it came', 'Compare the clocks of server and client.'],
  ['nbf', 'The ID token may not be used yet', 'Compare the clocks of server and client.', 'RFC 7519 §4.1.5'],
  ['iat-future', 'The ID token was issued in the future', 'Compare the clocks of server and client.'],
  [
    'iat-old',
    'The ID token is more than a day old',
    'Have the server issue a new one for each answer.',
    core,
    'warning',
  ],
  ['auth-time', 'The sign-in is older than was asked for', 'Have the server keep max_age, and send auth_time.'],
  [
    'acr',
    'The sign-in is not of a level that was asked for',
    'Check whether the level is enough for what is to be done.',
    core,
    'warning',
  ],
  ['sub-missing', 'The ID token says nothing about whom it is', 'Have the server send sub.', 'OpenID Connect Core §2'],
]

const ruleOf = ([id, title, remedy, specification = core, severity = 'error']: Told): Omit<Rule, 'check'> => ({
  id: `idtoken.${id}`,
  severity,
  title,
  specification,
  remedy,
})

function claimRule(told: Told): Rule {
  const rule = ruleOf(told)
  return {
    ...rule,
    check: (run) =>
      readableTokens(run, 'id_token').flatMap((token) =>
        linesOf(run, token)
          .filter(({ id, holds }) => id === rule.id && holds === false)
          .map((line) => ({
            explanation: `Expected ${line.expected}, it is ${line.actual}.`,
            evidence: [{ label: claimOf(line), value: line.actual, exchange: token.exchange, pointer: '/id_token' }],
          })),
      ),
  }
}

function linesOf(run: Run, token: ReadableToken): CheckLine[] {
  const { claims, receivedAt } = token
  const use = 'id_token'
  const atMs = Date.parse(receivedAt)
  const times = Number.isNaN(atMs) ? [] : timeChecks({ claims, use, atMs, toleranceMs })
  return [...times, ...claimChecks({ token: readClaimsOf(token), use, asked: askedIn(run, claims), hashes: {} })]
}

/** What the run's own request asked of the ID token; nonce and hashes are proved where the clear values are. */
function askedIn({ metadata, parameters }: Run, claims: JsonObject): AskedOfToken {
  const server = metadata.find(({ kind = 'authorization-server' }) => kind === 'authorization-server')
  const named = server?.document.issuer
  const text = (name: string) => (typeof parameters[name] === 'string' ? { [name]: parameters[name] } : {})
  return {
    ...text('client_id'),
    ...text('acr_values'),
    ...(typeof named === 'string' ? { issuer: expectedIssuer(named, claims) } : {}),
    ...(typeof parameters.max_age === 'number' ? { max_age: parameters.max_age } : {}),
  }
}

function claimOf({ id }: CheckLine): string {
  const name = id.replace(/^.*\./, '')
  return name.replace(/-(?:future|old|missing)$/, '').replaceAll('-', '_')
}

/** Told by what was proved with the clear values. */
const byProof: [proof: string, told: Told, explanation: string][] = [
  [
    'signature.verified',
    [
      'signature',
      'The signature of the ID token was not verified',
      'Do not use it. Verify the token to see which keys were tried.',
    ],
    'With no key of the server it could be verified.',
  ],
  [
    'nonce.matches',
    ['nonce', 'The ID token answers another sign-in', 'Do not use it: it may have been put in place of yours.'],
    'Its nonce is not the one that was sent.',
  ],
  [
    'atHash.matches',
    [
      'at-hash',
      'The access token is not the one of the ID token',
      'Do not use it: one of the two was exchanged.',
      'OpenID Connect Core §3.1.3.6',
    ],
    'at_hash is not the hash of the access token that came along.',
  ],
  [
    'cHash.matches',
    [
      'c-hash',
      'The code is not the one of the ID token',
      'Do not use it: one of the two was exchanged.',
      'OpenID Connect Core §3.3.2.11',
    ],
    'c_hash is not the hash of the code that was used.',
  ],
]

function proofRule([name, told, explanation]: (typeof byProof)[number]): Rule {
  return {
    ...ruleOf(told),
    check: ({ proofs }) =>
      proofs
        .filter((proof) => proof.name === name && proof.holds === false)
        .map((proof) => ({
          explanation: typeof proof.facts?.why === 'string' ? proof.facts.why : explanation,
          evidence: [{ label: told[0].replace('-', '_'), value: 'does not match', ...placeOf(proof) }],
        })),
  }
}

function placeOf({ exchange, step }: RecordedProof) {
  return { ...(exchange ? { exchange } : {}), ...(step ? { step } : {}) }
}

const algNone: Rule = {
  ...ruleOf([
    'alg-none',
    'The ID token is not signed',
    'Have the server sign it, and the client refuse none.',
    'RFC 8725 §3.2',
  ]),
  check: (run) =>
    readableTokens(run, 'id_token')
      .filter(({ header }) => String(header.alg ?? 'none').toLowerCase() === 'none')
      .map(({ header, exchange }) => ({
        explanation: 'Anybody could have made it.',
        evidence: [{ label: 'alg', value: String(header.alg ?? 'absent'), exchange, pointer: '/id_token' }],
      })),
}

const algUnexpected: Rule = {
  ...ruleOf([
    'alg-unexpected',
    'The ID token is signed in another way than the metadata says',
    'Have id_token_signing_alg_values_supported list the algorithm.',
    core,
    'warning',
  ]),
  check: (run) => {
    const [server] = run.metadata.filter(({ kind = 'authorization-server' }) => kind === 'authorization-server')
    const listed = server?.document.id_token_signing_alg_values_supported
    if (!Array.isArray(listed)) return []
    return readableTokens(run, 'id_token')
      .filter(({ header }) => typeof header.alg === 'string' && !listed.includes(header.alg))
      .map(({ header, exchange }) => ({
        explanation: 'A client takes only the algorithms that the metadata lists.',
        evidence: [{ label: 'alg', value: String(header.alg), exchange, pointer: '/id_token' }],
      }))
  },
}

/** What is noticed about ID tokens that a run brought. */
export const idTokenRules: readonly Rule[] = [
  ...byProof.map(proofRule),
  algNone,
  algUnexpected,
  ...byClaims.map(claimRule),
]
