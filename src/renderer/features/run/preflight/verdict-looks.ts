import type { PreflightCheck } from '../../../../contract/preflight/preflight-check.ts'
import type { IconName } from '../../../components/icon-paths.ts'

/** How a verdict stands: by a sign and a word, never by colour alone. */
export const verdictLooks: Record<PreflightCheck['verdict'], { icon: IconName; look: string; word: string }> = {
  fits: { icon: 'check', look: 'text-ok', word: 'fits' },
  fails: { icon: 'cross', look: 'text-error', word: 'will fail' },
  'may-fail': { icon: 'warning', look: 'text-warn', word: 'may fail' },
  'not-known': { icon: 'dot', look: 'text-dim', word: 'not known' },
}
