import type { Json, JsonObject } from '../../../contract/json.ts'
import { isSecretReference } from '../../../contract/profile.ts'
import { maskOf } from '../../../contract/mask.ts'
import { credentialSpan } from './find-credentials.ts'
import { isMaskedThere, kindOfName, looksLikeWords, type SecretKind } from './secret-names.ts'
import type { FoundSecret } from './spans.ts'

interface JsonMasking {
  mask(text: string, byPosition: FoundSecret[]): string
  maskText(text: string): string
}

/** Masks a parsed value: strings under known names whole, all others like any text. Shape and order stay. */
export function maskJsonWith<T extends Json>(value: T, masking: JsonMasking): T {
  return maskValue(value, { kind: undefined, depth: 0 }, masking) as T
}

/** What lies deeper is left out: a claim of ten thousand brackets would exhaust the stack. */
const maximumDepth = 64

interface Place {
  kind: SecretKind | undefined
  depth: number
}

function maskValue(value: Json, place: Place, masking: JsonMasking): Json {
  if (typeof value === 'string') return place.kind ? maskNamed(value, place.kind, masking) : masking.maskText(value)
  if (typeof value === 'number') return place.kind === 'password' ? maskOf() : value
  if (typeof value !== 'object' || value === null) return value
  const depth = place.depth + 1
  if (depth > maximumDepth) return '…'
  if (Array.isArray(value)) return value.map((element) => maskValue(element, { kind: place.kind, depth }, masking))
  return maskObject(value, depth, masking)
}

function maskObject(value: JsonObject, depth: number, masking: JsonMasking): Json {
  // A reference names a secret; a stranger's object of this shape may hold one.
  if (isSecretReference(value) && Object.keys(value).length === 1) return { secret: masking.maskText(value.secret) }
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [
      masking.maskText(name),
      maskValue(field, { kind: kindOfName(name), depth }, masking),
    ]),
  )
}

function maskNamed(value: string, kind: SecretKind, masking: JsonMasking): string {
  if (kind === 'credentials') {
    const found = credentialSpan(value)
    return masking.mask(value, found ? [found] : [])
  }
  const isWord = looksLikeWords(value)
  if (!isMaskedThere(kind, value) || (kind === 'code' && isWord)) return masking.maskText(value)
  const learn = kind === 'secret' || !isWord
  const whole: FoundSecret = {
    start: 0,
    end: value.length,
    clear: value,
    kind: kind === 'password' ? 'password' : 'secret',
    learn,
  }
  return masking.mask(value, [whole])
}
