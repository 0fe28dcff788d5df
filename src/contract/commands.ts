import type { ParameterValues } from './description.ts'
import type { RunOutcome } from './events.ts'
import type { TokenKind } from './token-kind.ts'
import type { Profile, ProfileSummary } from './profile.ts'

/** What a list shows of a run in history. */
export interface RunSummary {
  runId: string
  number: number
  operation: string
  title: string
  profile: string | null
  startedAt: string
  outcome: 'running' | RunOutcome
}

/** A kept token without its value. */
export interface KeptTokenSummary {
  kind: TokenKind
  fingerprint: string
  profile: string | null
  issuer: string
  client_id: string
  scope: string
  user: string
  expiresAt?: string
}

/** A running playground. */
export interface PlaygroundFacts {
  issuer: string
  clients: { client_id: string; title: string; token_endpoint_auth_method: string }[]
  users: { username: string; title: string }[]
}

/** What an address a person pasted turned out to be. */
export interface AddressReading {
  /** values to start a profile with */
  values: ParameterValues
  /** how it was read, in one sentence */
  read: string
}

/** Every command with its parameters and result; the descriptions stand beside the code that does it. */
export interface Commands {
  'profiles list': { parameters: Record<string, never>; result: ProfileSummary[] }
  'profiles show': { parameters: { name: string }; result: Profile }
  /** writes a new profile, or with `replace` changes one; comments in the file survive */
  'profiles save': {
    parameters: { name: string; title?: string; values: ParameterValues; replace?: boolean }
    result: Profile
  }
  'profiles delete': { parameters: { name: string }; result: { deleted: string } }
  /** reads an issuer, any address or a sign-in address from the browser bar; touches no server */
  'profiles read-address': { parameters: { address: string }; result: AddressReading }
  'secret set': { parameters: { name: string; value: string }; result: { name: string } }
  'secret list': { parameters: Record<string, never>; result: { name: string; from: string }[] }
  'secret rm': { parameters: { name: string }; result: { removed: boolean } }
  'history list': { parameters: { limit?: number }; result: RunSummary[] }
  'tokens list': { parameters: { profile?: string }; result: KeptTokenSummary[] }
  'playground start': { parameters: Record<string, never>; result: PlaygroundFacts }
  'workspace show': { parameters: Record<string, never>; result: { folder: string; dataFolder: string } }
}
