import type { AlignedPart } from './align-texts.ts'

/** What of a run is compared with the registration. */
export type PreflightSubject = 'redirect-uri' | 'scope' | 'grant-type' | 'client-auth' | 'pkce'

/** One thing that a run asks for beside what is registered. */
export interface PreflightCheck {
  subject: PreflightSubject
  /** `may-fail`: it depends on the server; `not-known`: the registration does not say */
  verdict: 'fits' | 'fails' | 'may-fail' | 'not-known'
  /** one or two sentences for a person */
  explanation: string
  wanted: string
  registered: string[]
  /** of a redirect URI: beside the nearest registered one */
  alignment?: AlignedPart[]
}
