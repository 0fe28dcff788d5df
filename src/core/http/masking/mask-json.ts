import { isJsonObject, type Json } from '../../../contract/json.ts'
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
  return maskValue(value, undefined, masking) as T
}

function maskValue(value: Json, kind: SecretKind | undefined, masking: JsonMasking): Json {
  if (typeof value === 'string') return kind ? maskNamed(value, kind, masking) : masking.maskText(value)
  if (typeof value === 'number') return kind === 'password' ? maskOf() : value
  if (Array.isArray(value)) return value.map((element) => maskValue(element, kind, masking))
  if (!isJsonObject(value)) return value
  // A reference names a secret and holds none.
  if (isSecretReference(value) && Object.keys(value).length === 1) return { secret: masking.maskText(value.secret) }
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [masking.maskText(name), maskValue(field, kindOfName(name), masking)]),
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
