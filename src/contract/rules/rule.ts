import type { Run } from '../run.ts'

/** error: wrong or unsafe; warning: works, but discouraged or fragile; info: worth knowing. */
export type Severity = 'error' | 'warning' | 'info'

/** Points at what made a rule fire. */
export interface Evidence {
  /** a short name for what is pointed at, such as `Cache-Control` */
  label: string
  /** the value found, masked, or `absent` */
  value: string
  exchange?: string
  step?: string
  /** JSON pointer into the answer's body or the metadata document */
  pointer?: string
}

/** What a rule noticed in a run. */
export interface Finding {
  /** stable id, such as `authorize.no-pkce` */
  rule: string
  severity: Severity
  title: string
  explanation: string
  remedy: string
  specification: string
  evidence: Evidence[]
}

/** A place where a rule fires: the plain explanation and the evidence. */
export interface Hit {
  explanation: string
  evidence: Evidence[]
  /** where it is less bad than usual */
  severity?: Severity
}

/** A rule as data with one pure function over a run. */
export interface Rule {
  id: string
  severity: Severity
  title: string
  specification: string
  remedy: string
  /** says something of the server, whatever is done with it: told only by a run that discovers */
  onDiscovery?: true
  /** answers one entry for each place where the rule fires */
  check(run: Run): Hit[]
}
