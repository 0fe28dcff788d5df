/** What tells who somebody is; masked in whatever is handed on, unless a person ticks it. */
export const personalKinds = {
  email: 'E-mail addresses',
  name: 'Names',
  phone: 'Phone numbers',
  sub: 'Subjects and user ids',
  ip: 'IP addresses',
  login_hint: 'Login hints',
} as const

/** One of them. */
export type PersonalKind = keyof typeof personalKinds

/** What stands in something that is handed on: told before it leaves. */
export interface SharedContents {
  runs: { runId: string; title: string; startedAt: string; outcome: string; exchanges: number; findings: number }[]
  /** distinct secrets that stand as fingerprints of this capsule alone */
  secrets: number
  /** what was found of each kind, and whether it is masked */
  personal: { kind: PersonalKind; found: number; isMasked: boolean }[]
  /** hosts that stand in it in clear */
  hosts: string[]
  /** bodies that were left out, and why */
  leftOut: { what: string; why: string }[]
  bytes: number
}

/** Where a run that was not made here came from. */
export interface RunOrigin {
  kind: 'capsule' | 'har'
  /** the file's name, or empty */
  name: string
  /** ISO time at which it was made; empty when not known */
  madeAt: string
  note?: string
}
