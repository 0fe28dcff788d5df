import type { RegisteredClient } from '../client-record.ts'
import type { Json, JsonObject } from '../json.ts'
import { differencesOf } from '../metadata/differences.ts'
import type { Run } from '../run.ts'
import type { Evidence, Rule } from './rule.ts'

const soonMs = 30 * 24 * 3_600_000
const longestValue = 200

/** What was asked for now; what was only read shows nobody's wish. */
function sentIn({ registered }: Run): RegisteredClient[] {
  return registered.filter(({ how }) => how === 'sent')
}

const isStandard = ({ vendor }: RegisteredClient) => vendor === 'rfc7592'

/** Whether the message is one of RFC 7591, whoever manages the client afterwards. */
const isByRequest = (run: Run) => (one: RegisteredClient) =>
  isStandard(one) || /^regist(?:er$|ration )/.test(run.operation)

const changed: Rule = {
  id: 'register.changed',
  severity: 'warning',
  title: 'The server registered something else than what was asked for',
  specification: 'RFC 7591 §3.2.1',
  remedy: 'Work with what is registered, or ask for what the server allows.',
  check: (run) =>
    sentIn(run)
      .map((client) => ({
        explanation: 'A server may replace or leave out any metadata, and tells so only by what it answers.',
        evidence: changesIn(client),
      }))
      .filter(({ evidence }) => evidence.length > 0),
}

function changesIn({ asked, registered, exchange }: RegisteredClient): Evidence[] {
  const answered = Object.fromEntries(
    Object.keys(asked).flatMap((name) => (registered[name] === undefined ? [] : [[name, registered[name]]])),
  )
  return differencesOf(comparable(asked), comparable(answered)).map(({ pointer, before, after }) => ({
    label: pointer.slice(1),
    value: `${cut(before)} → ${cut(after)}`,
    exchange,
    pointer,
  }))
}

/** Scope is a set of words. @see RFC 6749 §3.3 */
function comparable(metadata: JsonObject): JsonObject {
  const { scope } = metadata
  return typeof scope === 'string'
    ? { ...metadata, scope: scope.split(' ').filter(Boolean).sort().join(' ') }
    : metadata
}

function cut(text: string): string {
  return text.length > longestValue ? `${text.slice(0, longestValue)}…` : text || '""'
}

/** What every answer brings, whatever was asked for. */
const ofEveryAnswer = [
  'client_id',
  'client_id_issued_at',
  'client_secret',
  'client_secret_expires_at',
  'registration_access_token',
  'registration_client_uri',
]

const added: Rule = {
  id: 'register.defaults',
  severity: 'info',
  title: 'The server filled in what was left open',
  specification: 'RFC 7591 §2',
  remedy: 'Ask for another value where one of these does not fit.',
  check: (run) =>
    sentIn(run)
      .filter(isByRequest(run))
      .map(({ asked, registered, exchange }) => ({
        explanation: 'These members were not asked for and are registered with a value of the server.',
        evidence: Object.entries(registered)
          .filter(([name, value]) => asked[name] === undefined && !ofEveryAnswer.includes(name) && value !== null)
          .map(([name, value]) => ({ label: name, value: cut(shown(value)), exchange, pointer: `/${name}` })),
      }))
      .filter(({ evidence }) => evidence.length > 0),
}

function shown(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

const secretMissing: Rule = {
  id: 'register.secret-missing',
  severity: 'warning',
  title: 'The client has to prove itself with a secret that it did not get',
  specification: 'RFC 7591 §3.2.1',
  remedy: 'Register with another client authentication, or get a secret where the server lists its clients.',
  check: (run) =>
    sentIn(run)
      .filter(({ client, keptSecret, registered }) => {
        const needsSecret = client.token_endpoint_auth_method?.startsWith('client_secret')
        return needsSecret && keptSecret === undefined && registered.client_secret === undefined
      })
      .map(({ client, exchange }) => ({
        explanation: `The client is registered with ${client.token_endpoint_auth_method}, and the answer has no client_secret.`,
        evidence: [{ label: 'client_secret', value: 'absent', exchange, pointer: '/client_secret' }],
      })),
}

const secretExpires: Rule = {
  id: 'register.secret-expires',
  severity: 'warning',
  title: 'The client secret ends soon, or nobody knows when',
  specification: 'RFC 7591 §3.2.1',
  remedy: 'Get a new secret in time: read or update the registration, or register again.',
  check: (run) =>
    run.registered
      .filter(isByRequest(run))
      .filter(({ registered }) => registered.client_secret !== undefined)
      .flatMap(({ registered, client, exchange }) => {
        const explanation = faultOfExpiry(registered.client_secret_expires_at, client.client_secret_expires_at, run)
        const value = shown(registered.client_secret_expires_at ?? 'absent')
        const pointer = '/client_secret_expires_at'
        return explanation
          ? [{ explanation, evidence: [{ label: 'client_secret_expires_at', value, exchange, pointer }] }]
          : []
      }),
}

function faultOfExpiry(said: Json | undefined, at: string | undefined, run: Run): string | undefined {
  if (typeof said !== 'number') {
    return 'With a secret the server must say when it ends, 0 for never. Without that it may stop working any day.'
  }
  if (at === undefined) return undefined
  return Date.parse(at) - Date.parse(run.startedAt) < soonMs
    ? `The secret works until ${at}, which is less than 30 days from this run.`
    : undefined
}

const noManagement: Rule = {
  id: 'register.no-management',
  severity: 'info',
  title: 'The registration cannot be read, changed or deleted by request',
  specification: 'RFC 7592 §3',
  remedy: 'Note where the server lists its clients: it can be cleaned up only there.',
  check: (run) =>
    sentIn(run)
      .filter((one) => isStandard(one) && !one.isManageable)
      .map(({ exchange }) => ({
        explanation: 'The answer has no registration_client_uri with a registration_access_token.',
        evidence: [
          { label: 'registration_access_token', value: 'absent', exchange, pointer: '/registration_access_token' },
        ],
      })),
}

/** What is noticed about registrations. */
export const registrationRules: readonly Rule[] = [changed, secretMissing, secretExpires, noManagement, added]
