import type { InspectedToken, TokenFault, TokenSegment } from '../../contract/bench/inspection.ts'
import { useOf } from '../../contract/bench/token-use.ts'
import { isJsonObject, type JsonObject } from '../../contract/json.ts'
import type { Masker } from '../http/masking/create-masker.ts'
import { boundJson } from './bound-json.ts'
import { rowsOf } from './claim-rows.ts'
import type { FoundToken } from './found.ts'
import { innerTokenOf } from './inner-token.ts'
import { readNumericDate } from './numeric-date.ts'
import { readSegments, type ReadSegment, type ReadSegments } from './read-segments.ts'
import { headerFaults, notesOf, signatureFaults } from './token-notes.ts'

/** A longer token is refused: no server takes one, and no screen shows it. */
export const longestToken = 2 * 1024 * 1024
const longestJson = 262_144
const deepestInner = 3

/**
 * Takes one token apart and judges nothing. Never throws; what is wrong is a fault with its place. What the masker knows
 * as secret, and what stands where secrets stand, is masked in it.
 */
export function inspectToken(token: FoundToken, masker: Masker, depth = 0): InspectedToken {
  const { value, label, place, seenAt } = token
  masker.learn(value)
  const base = {
    fingerprint: masker.fingerprint(value),
    label,
    characters: value.length,
    ...(seenAt ? { seenAt } : {}),
  }
  if (value.length > longestToken) return { ...base, ...tooLarge(value) }
  const read = readSegments(value)
  const where = place ? [`It stands in ${place}.`] : []
  if (read.form === 'opaque') return { ...base, ...opaque(label), notes: where }
  const header = objectOf(read.segments.find(({ name }) => name === 'header'))
  const payload = read.segments.find(({ name }) => name === 'payload')
  const claims = objectOf(payload)
  const inner = depth < deepestInner ? innerTokenOf(payload, claims) : undefined
  // SECURITY: before the claims are shown, where it stands in clear.
  if (inner) masker.learn(inner.value)
  const faults = allFaults(read, header)
  return {
    ...base,
    ...useOf(label, header, claims),
    form: faults.some(breaksForm) ? 'malformed' : read.form,
    ...shownOf(read.segments, { header: masker.maskJson(header), claims: masker.maskJson(claims) }, { masker, faults }),
    faults,
    notes: [...notesOf(header, read.form), ...disclosed(read.disclosures), ...containing(inner), ...where],
    ...(inner ? { inner: inspectToken(inner, masker, depth + 1) } : {}),
    ...timesOf(claims),
  }
}

interface Shown {
  header: JsonObject
  claims: JsonObject
}

/** Header and claims in every form in which they are shown, bounded. */
function shownOf(segments: ReadSegment[], shown: Shown, { masker, faults }: { masker: Masker; faults: TokenFault[] }) {
  return {
    segments: segments.map((one) => segmentOf(one, shown, masker)),
    header: rowsOf(shown.header, 'header', faultsIn(faults, 'header')),
    claims: rowsOf(shown.claims, 'payload', faultsIn(faults, 'payload')),
    ...(hasJson(segments, 'header') ? { headerJson: boundJson(shown.header, longestJson) } : {}),
    ...(hasJson(segments, 'payload') ? { claimsJson: boundJson(shown.claims, longestJson) } : {}),
  }
}

function allFaults({ form, segments, faults }: ReadSegments, header: JsonObject): TokenFault[] {
  const all = [...faults, ...segments.flatMap(faultsOf)]
  if (segments[0]?.isReadable) all.push(...headerFaults(header))
  const signature = segments.find(({ name }) => name === 'signature')
  const isSigned = form === 'jws' || form === 'unsecured'
  if (signature && isSigned) all.push(...signatureFaults(header, signature.encoded, signature.bytes))
  return all
}

function disclosed(count: number): string[] {
  return count > 0
    ? [`It is an SD-JWT: ${count} of its claims are disclosed behind it, each by itself (RFC 9901).`]
    : []
}

function containing(inner: FoundToken | undefined): string[] {
  return inner ? [`Another token stands in it${inner.label ? `, as ${inner.label}` : ''}.`] : []
}

type Rest = Omit<InspectedToken, 'fingerprint' | 'label' | 'characters'>

function tooLarge(value: string): Rest {
  const detail = `It has ${value.length} characters; up to ${longestToken} are read.`
  return {
    form: 'malformed',
    use: 'unknown',
    because: 'It is too large to be read.',
    segments: [],
    header: [],
    claims: [],
    faults: [{ id: 'too-large', detail, offset: longestToken }],
    notes: [],
  }
}

function opaque(label: string): Omit<Rest, 'notes'> {
  const { use, because } = useOf(label, {}, {})
  const nobodyElse = 'It is opaque: only the server that issued it knows what it says.'
  return {
    form: 'opaque',
    use,
    because: use === 'unknown' ? nobodyElse : because,
    segments: [],
    header: [],
    claims: [],
    faults: [],
  }
}

function objectOf(segment: ReadSegment | undefined): JsonObject {
  return isJsonObject(segment?.json) ? segment.json : {}
}

function hasJson(segments: ReadSegment[], name: TokenSegment['name']): boolean {
  return segments.some((one) => one.name === name && one.isJson && isJsonObject(one.json))
}

function faultsOf({ name, faults }: ReadSegment): TokenFault[] {
  return faults.map((fault) => ({ ...fault, segment: name }))
}

function faultsIn(faults: TokenFault[], segment: TokenSegment['name']): TokenFault[] {
  return faults.filter((fault) => fault.segment === segment)
}

/** Faults that readers do not differ about: the token cannot be read as what it is meant to be. */
function breaksForm({ id, segment }: TokenFault): boolean {
  if (id === 'segments' || id === 'base64url') return true
  return (id === 'json' || id === 'not-an-object') && (segment === 'header' || segment === 'payload')
}

/** Text that was not read whole is shown as it stood: what is wrong with it must be seen. */
function segmentOf({ name, encoded, bytes, text, ...read }: ReadSegment, shown: Shown, masker: Masker): TokenSegment {
  const isClean = read.isReadable && read.isJson && read.faults.length === 0
  const members = name === 'header' ? shown.header : shown.claims
  const pretty = isClean ? JSON.stringify(members, null, 2) : text && masker.maskText(text)
  return {
    name,
    characters: encoded.length,
    ...(bytes ? { bytes: bytes.length } : {}),
    ...(pretty === undefined ? {} : { text: boundText(pretty) }),
  }
}

function boundText(text: string): string {
  if (text.length <= longestJson) return text
  return `${text.slice(0, longestJson).replace(/[\ud800-\udbff]$/, '')}\n… cut here: ${text.length} characters in all`
}

function timesOf(claims: JsonObject): Pick<InspectedToken, 'expiresAt' | 'notBefore' | 'issuedAt'> {
  const at = (name: string) => (Object.hasOwn(claims, name) ? readNumericDate(claims[name]!).time : null)
  const [expiresAt, notBefore, issuedAt] = [at('exp'), at('nbf'), at('iat')]
  return {
    ...(expiresAt === null ? {} : { expiresAt }),
    ...(notBefore === null ? {} : { notBefore }),
    ...(issuedAt === null ? {} : { issuedAt }),
  }
}
