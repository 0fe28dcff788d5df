import type { FamilyEdge, FamilyNode, TokenLife } from '../../../contract/bench/family.ts'
import type { IconName } from '../icon-paths.ts'

/** How each state of a token looks; the word and the icon tell it without the colour. */
export const lifeLooks: Record<TokenLife, { word: string; icon: IconName; look: string }> = {
  alive: { word: 'alive', icon: 'check', look: 'text-ok' },
  expired: { word: 'expired', icon: 'clock', look: 'text-dim' },
  revoked: { word: 'revoked', icon: 'bin', look: 'text-error' },
  replaced: { word: 'replaced', icon: 'reload', look: 'text-dim' },
  refused: { word: 'refused', icon: 'cross', look: 'text-error' },
  unknown: { word: 'not known', icon: 'unknown', look: 'text-warn' },
}

/** How a token stands; a code is not replaced, it is used. */
export function lifeWord({ kind, life }: Pick<FamilyNode, 'kind' | 'life'>): string {
  return kind === 'code' && life === 'replaced' ? 'used' : lifeLooks[life].word
}

/** What the nodes are called. */
export const nodeTitles: Record<FamilyNode['kind'], string> = {
  code: 'Code',
  access_token: 'Access token',
  refresh_token: 'Refresh token',
  id_token: 'ID token',
}

/** How an answer came from what is above it. */
export const wayTitles: Record<FamilyEdge['by'], string> = {
  'code exchange': 'Code exchange',
  refresh: 'Refresh',
  'came along': 'Came along',
  'client credentials': 'Asked for again',
  'token exchange': 'Token exchange',
}
