/**
 * Whether two values of a recording are the same; null where one was hidden before it was written, so that nobody can tell.
 * Marks of Grantlab with a fingerprint tell it: within one file equal marks are equal values.
 */
export function sameValue(one: string, other: string): boolean | null {
  if (!isHidden(one) && !isHidden(other)) return one === other
  return isFingerprint(one) && isFingerprint(other) ? one === other : null
}

/** Whether a value was taken out by Grantlab or by another program that records requests. */
export function isHidden(value: string): boolean {
  return (
    /[●‹]/.test(value) || /^(?:[*•.-]{3,}|[xX]{3,}|\W*(?:redacted|masked|hidden|removed|filtered)\W*)$/i.test(value)
  )
}

const isFingerprint = (value: string) => /^●●●● #[0-9a-f]{32}$/.test(value)
