import type { TokenCheck, TokenVerdict } from '../../../contract/bench/verdict.ts'
import type { IconName } from '../../components/icon-paths.ts'

/** How something stands; each has an icon and words of its own, so that colour never tells it alone. */
export type Standing = 'good' | 'bad' | 'untold' | 'advice'

/** The look of each. */
export const standingLooks: Record<Standing, { icon: IconName; class: string }> = {
  good: { icon: 'check', class: 'bg-ok-weak text-ok' },
  bad: { icon: 'cross', class: 'bg-error-weak text-error' },
  untold: { icon: 'unknown', class: 'border border-dashed border-field text-dim' },
  advice: { icon: 'warning', class: 'bg-warn-weak text-warn' },
}

/** A verdict in words. */
export const verdictTitles: Record<TokenVerdict['verdict'], { title: string; standing: Standing }> = {
  valid: { title: 'Valid', standing: 'good' },
  invalid: { title: 'Invalid', standing: 'bad' },
  'not-verified': { title: 'Not verified', standing: 'untold' },
}

const partWords = {
  genuine: ['genuine', 'good'],
  forged: ['not genuine', 'bad'],
  current: ['current', 'good'],
  expired: ['expired', 'bad'],
  'not-yet': ['not valid yet', 'bad'],
  'not-said': ['no time said', 'untold'],
  fit: ['fit', 'good'],
  differ: ['differ', 'bad'],
  'not-verified': ['not verified', 'untold'],
} as const satisfies Record<string, readonly [string, Standing]>

/** Signature, time and claims of a verdict, apart. */
export function partsOf({ signature, time, claims }: TokenVerdict) {
  return [
    { name: 'Signature', ...signature },
    { name: 'Time', ...time },
    { name: 'Claims', ...claims },
  ].map(({ name, state, reason }) => {
    const [words, standing] = partWords[state]
    return { name, reason, words, standing }
  })
}

/** How a single check stands. */
export function standingOf({ holds, isAdvice }: TokenCheck): Standing {
  if (holds === null) return 'untold'
  if (holds) return 'good'
  return isAdvice ? 'advice' : 'bad'
}

/** The words for it that a screen reader says. */
export const standingWords: Record<Standing, string> = {
  good: 'holds',
  bad: 'does not hold',
  untold: 'not checked',
  advice: 'discouraged',
}

const subjects = { signature: 'Signature', time: 'Time', claims: 'Claims' } as const

/** The checks by what they are about; of each, those that do not hold come first. */
export function checksBySubject({ checks }: TokenVerdict) {
  const order: Standing[] = ['bad', 'untold', 'advice', 'good']
  const rank = (check: TokenCheck) => order.indexOf(standingOf(check))
  return Object.entries(subjects).flatMap(([subject, title]) => {
    const own = checks.filter((check) => check.subject === subject).sort((one, other) => rank(one) - rank(other))
    return own.length > 0 ? [{ subject, title, checks: own }] : []
  })
}
