import type { Masker } from './create-masker.ts'

/** A JWS or JWE in compact form. @see RFC 7515 §7.1, RFC 7516 §7.1 */
const compact = /\beyJ[\w-]{8,4096}(?:\.[\w-]{0,65536}){2,4}/g

/**
 * Masks a text that a person wrote or is about to send: besides what any text is masked for, every JWT in it. In what a
 * server sent a JWT stays unless its place says that it is a token: `signed_metadata` is public.
 */
export function maskProse(masker: Masker, text: string): string {
  for (const [token] of text.matchAll(compact)) masker.learn(token)
  return masker.maskText(text)
}
