import type { Fingerprint } from '../mask.ts'
import type { TokenKind } from '../token-kind.ts'

/** How a token stands, as far as it is known here. */
export type TokenLife = 'alive' | 'expired' | 'revoked' | 'replaced' | 'refused' | 'unknown'

/** A token, or the code that began it all, in the graph of its family. */
export interface FamilyNode {
  id: string
  kind: TokenKind | 'code'
  /** 0: the code; 1: the first answer; one more for each refresh */
  generation: number
  fingerprint?: Fingerprint
  life: TokenLife
  /** one sentence that says why it is taken to stand so */
  because: string
  scope?: string
  audience?: string[]
  /** ISO times */
  receivedAt?: string
  expiresAt?: string
  /** the run that brought it, while history has it */
  runId?: string
  /** its value is kept and can be tried again */
  canBeTried: boolean
}

/** What became of what. */
export interface FamilyEdge {
  from: string
  to: string
  by: 'code exchange' | 'refresh' | 'came along' | 'client credentials' | 'token exchange'
  runId?: string
  /** what changed on the way; empty when nothing did */
  scopeLost: string[]
  scopeGained: string[]
  audienceChange?: { from: string[]; to: string[] }
}

/** A grant's tokens from the code to the newest refresh. */
export interface FamilyGraph {
  family: string
  profile: string | null
  issuer: string
  client_id: string
  user: string
  isDead: boolean
  nodes: FamilyNode[]
  edges: FamilyEdge[]
}
