import type { RunReport } from '../contract/report.ts'
import { line, type Paint, type Painted } from './paint.ts'

type ReportedProof = RunReport['proofs'][number]

/** What a proof says when it holds, and when it does not. */
const sentences: Record<string, readonly [holds: string, fails: string]> = {
  'state.matches': ['state matches', 'state does not match'],
  'iss.matches': ['iss matches', 'iss does not match'],
  'nonce.matches': ['nonce matches', 'nonce does not match'],
  'atHash.matches': ['at_hash matches', 'at_hash does not match'],
  'cHash.matches': ['c_hash matches', 'c_hash does not match'],
  'signature.verified': ['signature verified', 'signature not verified'],
  'sub.matches': ['sub is that of the ID token', 'sub is not that of the ID token'],
  'refresh.reuseRefused': ['a replaced refresh token is refused', 'a replaced refresh token is accepted again'],
  'challenge.given': ['the refusal carries a Bearer challenge', 'the refusal carries no Bearer challenge'],
  'pkce.matches': ['PKCE: the verifier fits the challenge', 'PKCE: the verifier does not fit the challenge'],
}

/** Where Basic with and without form-encoding is the same, nothing is worth telling. */
const encodingDiffers = 'basic.encodingDiffers'

/** What was checked, in words. Proofs that do not hold are findings of their own, too. */
export function proofLines(proofs: readonly ReportedProof[], paint: Paint): Painted[] {
  const lines = proofs.flatMap((proof) => proofLine(proof, paint))
  return lines.length === 0 ? [] : [...lines, line``]
}

function proofLine({ name, holds }: ReportedProof, paint: Paint): Painted[] {
  if (holds === null) return []
  if (name === encodingDiffers) return holds ? [line`note  id or secret is changed by form-encoding in Basic`] : []
  const [good, bad] = sentences[name] ?? [`${name} holds`, `${name} does not hold`]
  return [line`checked  ${holds ? paint.good(good) : paint.bad(bad)}`]
}
