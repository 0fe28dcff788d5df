import { createHmac } from 'node:crypto'
import type { Json, NameValue } from '../../../contract/json.ts'
import { findCredentials } from './find-credentials.ts'
import { findInHtml } from './find-html.ts'
import { findInJson } from './find-json.ts'
import { findInAddress, findInForm, findLogins, findPairs } from './find-pairs.ts'
import { LearnedValues } from './learned-values.ts'
import { findInHeader } from './find-header.ts'
import { maskJsonWith } from './mask-json.ts'
import { replaceFound, type FoundSecret } from './spans.ts'

/**
 * Masks what one run records. A value found by its position (a known name, a header) is known from then on and masked
 * wherever else it turns up, in any common encoding. Masking what is masked already changes nothing.
 */
export interface Masker {
  /** Makes a value known as secret for this run; a password gets no fingerprint. */
  learn(value: string, kind?: 'secret' | 'password'): void
  /** HMAC-SHA-256 under the key, the first 32 hex digits. */
  fingerprint(value: string): string
  /** An address: query, fragment, password before the host. */
  maskUrl(url: string): string
  /** Headers in order; schemes, cookie names and attributes stay. */
  maskHeaders(headers: NameValue[]): NameValue[]
  /** A body of any kind: form, JSON whole or broken, HTML, text. `mediaType` without parameters. */
  maskBody(text: string, mediaType: string): string
  /** Any text: by value, and where a name says that a secret follows. */
  maskText(text: string): string
  /** A value by the names of its fields and by value; a reference `{secret: NAME}` stays. */
  maskJson<T extends Json>(value: T): T
}

/** What a masker is made of. */
export interface MaskerOptions {
  /** the key of fingerprints: of this data folder, or fresh for a capsule or report */
  key: Uint8Array
  /** gets each value that has a fingerprint, once, so that it can be revealed while the engine runs */
  onSecret?(fingerprint: string, clear: string): void
}

/** Creates the masker of one run. */
export function createMasker({ key, onSecret }: MaskerOptions): Masker {
  const learned = new LearnedValues()
  const fingerprints = new Map<string, string>()
  const fingerprint = (value: string): string => {
    const known = fingerprints.get(value)
    if (known) return known
    const made = createHmac('sha256', key).update(value).digest('hex').slice(0, 32)
    fingerprints.set(value, made)
    onSecret?.(made, value)
    return made
  }
  const fingerprintOf = ({ kind, clear }: FoundSecret) =>
    kind === 'password' || learned.kindOf(clear) === 'password' ? undefined : fingerprint(clear)
  const mask = (text: string, byPosition: FoundSecret[]): string => {
    for (const { learn, clear, kind } of byPosition) if (learn) learned.learnFromText(clear, kind)
    return replaceFound(text, [...byPosition, ...learned.find(text)], fingerprintOf)
  }
  const maskText = (text: string) => mask(text, findAnywhere(text))
  return {
    learn: (value, kind = 'secret') => {
      if (value !== '') learned.learn(value, kind)
    },
    fingerprint,
    maskUrl: (url) => mask(url, [...findInAddress(url), ...findPairs(url)]),
    maskHeaders: (headers) => headers.map(([name, value]) => [mask(name, []), mask(value, findInHeader(name, value))]),
    maskBody: (text, mediaType) => {
      const isForm = mediaType.toLowerCase() === 'application/x-www-form-urlencoded'
      return mask(text, [...(isForm ? findInForm(text, 0, text.length) : []), ...findAnywhere(text)])
    },
    maskText,
    maskJson: (value) => maskJsonWith(value, { mask, maskText }),
  }
}

/** All that a position can tell in a text of unknown kind: servers send JSON as text/html, HTML as JSON, and both at once. */
function findAnywhere(text: string): FoundSecret[] {
  return [...findLogins(text), ...findPairs(text), ...findInJson(text), ...findInHtml(text), ...findCredentials(text)]
}
