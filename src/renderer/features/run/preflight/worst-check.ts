import type { PreflightCheck, PreflightSubject } from '../../../../contract/preflight/preflight-check.ts'

/** What is compared, as people read it. */
export const subjectTitles: Record<PreflightSubject, string> = {
  'redirect-uri': 'Redirect URI',
  scope: 'Scope',
  'grant-type': 'Grant type',
  'client-auth': 'Client authentication',
  pkce: 'PKCE',
}

/** The checks in one line. */
export interface PreflightHeadline {
  verdict: PreflightCheck['verdict']
  text: string
}

const order: PreflightCheck['verdict'][] = ['fails', 'may-fail', 'not-known', 'fits']
const words: Record<PreflightCheck['verdict'], string> = {
  fails: 'Will fail',
  'may-fail': 'May fail',
  'not-known': 'Fits, as far as is known',
  fits: 'Fits what is registered',
}

/** The worst of the checks decides; what fails is named. */
export function headlineOf(checks: readonly PreflightCheck[]): PreflightHeadline | undefined {
  const verdict = order.find((one) => checks.some((check) => check.verdict === one))
  if (verdict === undefined) return undefined
  const named = [
    ...new Set(checks.filter((one) => one.verdict === verdict).map(({ subject }) => subjectTitles[subject])),
  ]
  const isTrouble = verdict === 'fails' || verdict === 'may-fail'
  return { verdict, text: isTrouble ? `${words[verdict]}: ${named.join(', ')}` : words[verdict] }
}

/** The checks with those first that need a look. */
export function sortedChecks(checks: readonly PreflightCheck[]): PreflightCheck[] {
  return checks.toSorted((one, other) => order.indexOf(one.verdict) - order.indexOf(other.verdict))
}
