import type { FamilyGraph } from './bench/family.ts'
import type { Inspection } from './bench/inspection.ts'
import type { ParameterValues } from './description.ts'
import type { RunOutcome } from './events.ts'
import type { Json } from './json.ts'
import type { KeyFacts } from './keys/key-facts.ts'
import type { KeptTokenSummary, SecretSummary, TokenValue, VaultFacts } from './kept.ts'
import type { Problem } from './problem.ts'
import type { Profile, ProfileSource, ProfileSummary, TestUser } from './profile.ts'
import type { Registration } from './registration.ts'
import type { PersonalKind, SharedContents } from './sharing.ts'
import type { ResetPart, SettingsFacts, WorkspaceFacts } from './settings.ts'
import type { TokenKind } from './token-kind.ts'

/** What a list shows of a run in history. */
export interface RunSummary {
  runId: string
  number: number
  operation: string
  title: string
  profile: string | null
  startedAt: string
  outcome: 'running' | RunOutcome
  /** what a person wrote about it */
  note?: string
  /** stays until it is deleted by hand */
  pinned?: boolean
}

/** A running playground. */
export interface PlaygroundFacts {
  issuer: string
  clients: { client_id: string; title: string; token_endpoint_auth_method: string }[]
  users: { username: string; title: string }[]
}

/** What a new profile of a known service starts with. */
export interface ProfileTemplate {
  id: string
  title: string
  /** what `profiles read-address` reads as this one */
  address: string
  values: ParameterValues
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
    parameters: {
      name: string
      title?: string
      values: ParameterValues
      production?: boolean
      /** left out: as they were */
      users?: TestUser[]
      replace?: boolean
    }
    result: Profile
  }
  'profiles duplicate': { parameters: { name: string; to: string }; result: Profile }
  /** kept tokens and the origins of secrets go along */
  'profiles rename': { parameters: { name: string; to: string }; result: Profile }
  /** answers the file's text, so that `profiles write` can bring it back */
  'profiles delete': { parameters: { name: string }; result: { deleted: string; text: string } }
  /** the file as it is, broken or not */
  'profiles source': { parameters: { name: string }; result: ProfileSource }
  /** what is wrong with a text that is to be a profile, or with its file, each with its place; empty when nothing is */
  'profiles check': { parameters: { name: string; text?: string }; result: { problems: Problem[] } }
  /** writes a whole file; with `was` only when the file still holds that text (empty: when there is none) */
  'profiles write': { parameters: { name: string; text: string; was?: string }; result: Profile }
  /** trusts one certificate (PEM) for this profile: written into the workspace and named by `ca_file` */
  'profiles trust': { parameters: { name: string; certificate: string }; result: { file: string; fingerprint: string } }
  /** known services that a new profile can be started for */
  'profiles templates': { parameters: Record<string, never>; result: ProfileTemplate[] }
  /** reads an issuer, any address or a sign-in address from the browser bar; touches no server */
  'profiles read-address': { parameters: { address: string }; result: AddressReading }
  /** with `profile` the value is bound to where that profile sends it; `origins` is empty while the first use decides */
  'secret set': {
    parameters: { name: string; value: string; profile?: string }
    result: { name: string; origins: string[] }
  }
  'secret list': { parameters: Record<string, never>; result: SecretSummary[] }
  'secret rm': { parameters: { name: string }; result: { removed: boolean } }
  /** every secret that profiles of this workspace name and that has no value here */
  'secret missing': { parameters: Record<string, never>; result: { name: string; usedBy: string[] }[] }
  'vault show': { parameters: Record<string, never>; result: VaultFacts }
  /** opens a passphrase vault, or asks the keychain again */
  'vault unlock': { parameters: { passphrase?: string }; result: VaultFacts }
  'vault lock': { parameters: Record<string, never>; result: VaultFacts }
  /** moves everything that is kept to another store; `passphrase` is needed for that one only */
  'vault use': { parameters: { store: string; passphrase?: string }; result: VaultFacts }
  'history list': {
    parameters: { limit?: number; profile?: string; operation?: string; outcome?: string; pinned?: boolean }
    result: RunSummary[]
  }
  'history note': { parameters: { run_id: string; note?: string }; result: RunSummary }
  'history pin': { parameters: { run_id: string; pinned?: boolean }; result: RunSummary }
  'history delete': { parameters: { run_ids: string[] }; result: { deleted: number } }
  /** takes away everything that is not pinned */
  'history clear': { parameters: Record<string, never>; result: { deleted: number } }
  /** keys of a recorded key set that hold a text, the first of them in full; `total` counts all that fit */
  'keys find': {
    parameters: { run_id: string; exchange: string; text?: string; limit?: number }
    result: { total: number; keys: KeyFacts[] }
  }
  /** one key as it was published, and as PEM where it is a public key that can be read */
  'keys show': {
    parameters: { run_id: string; exchange: string; index: number }
    result: { jwk: Json; pem: string | null }
  }
  'tokens list': { parameters: { profile?: string }; result: KeptTokenSummary[] }
  /** forgets one family; nothing is said to the server */
  'tokens delete': { parameters: { family: string }; result: { deleted: number } }
  'tokens clear': { parameters: { profile?: string; user?: string }; result: { deleted: number } }
  /** a valid kept token with its value; a run refreshes it first where that is needed */
  'token get': {
    parameters: { profile: string; user?: string; kind?: TokenKind; minimum_seconds?: number }
    result: TokenValue
  }
  /** what was registered from here: first what nobody knows of, then newest first; with `all` also what was only read */
  'registrations list': { parameters: { issuer?: string; all?: boolean }; result: Registration[] }
  /** the newest that is known of a client at a server; null when nothing is */
  'registrations find': { parameters: { issuer: string; client_id: string }; result: Registration | null }
  /** forgets it here with its secrets; nothing is said to the server */
  'registrations forget': { parameters: { id: string }; result: { forgotten: string } }
  /** writes a profile that signs in with this client; its secret stays in the vault */
  'registrations make-profile': {
    parameters: { id: string; name: string; title?: string; production?: boolean }
    result: Profile
  }
  /** reads whatever somebody pasted; sends nothing. Its clear values can be revealed in this session */
  'token inspect': { parameters: { text: string; name?: string }; result: Inspection }
  /** a kept grant from its code to its newest refresh, and how each token stands */
  'tokens family': { parameters: { family: string }; result: FamilyGraph }
  /** one HTML file that any browser reads and Grantlab opens; without `file` its text is the answer */
  'capsule make': {
    parameters: { run_ids: string[]; include?: PersonalKind[]; note?: string; file?: string; replace?: boolean }
    result: { contents: SharedContents; file?: string; html?: string }
  }
  /** what a capsule of these runs would hold; makes none */
  'capsule preview': {
    parameters: { run_ids: string[]; include?: PersonalKind[]; note?: string }
    result: { contents: SharedContents; text: string }
  }
  /** opens a capsule as runs that can only be read */
  'capsule open': { parameters: { text: string; name?: string }; result: { runIds: string[] } }
  /** at most 30 lines of Markdown about a run, for a ticket */
  'share ticket': { parameters: { run_id: string; include?: PersonalKind[] }; result: { markdown: string } }
  /** the requests of runs as HAR 1.2, masked like a capsule */
  'har make': {
    parameters: { run_ids: string[]; include?: PersonalKind[]; file?: string; replace?: boolean }
    result: { contents: SharedContents; file?: string; text?: string }
  }
  /** opens a HAR as a run that can only be read */
  'har open': { parameters: { text: string; name?: string }; result: { runIds: string[]; problems: Problem[] } }
  /** everything that is kept, sealed by a passphrase, as one file */
  'vault export': {
    parameters: { file: string; passphrase: string; replace?: boolean }
    result: { file: string; secrets: number; families: number }
  }
  /** adds what an exported file holds; what is here already stays unless `replace` */
  'vault import': {
    parameters: { file: string; passphrase: string; replace?: boolean }
    result: { secrets: number; families: number; skipped: string[] }
  }
  'playground start': { parameters: Record<string, never>; result: PlaygroundFacts }
  'workspace show': { parameters: Record<string, never>; result: WorkspaceFacts }
  /** opens a folder as workspace; runs nothing. With `create` a folder without grantlab.yaml gets one */
  'workspace open': { parameters: { folder: string; create?: boolean }; result: WorkspaceFacts }
  /** asks the person for a folder in a dialog of the system; empty when they gave none. Only where the host can */
  'workspace choose': { parameters: Record<string, never>; result: { folder: string } }
  'settings show': { parameters: Record<string, never>; result: SettingsFacts }
  'settings save': { parameters: { values: ParameterValues }; result: SettingsFacts }
  /** versions, host, states and the end of the log, masked: for a report */
  'diagnostics show': { parameters: Record<string, never>; result: { text: string } }
  /** removes vault, keychain entry, history, browser profiles and everything else of the data folder */
  reset: { parameters: { dry_run?: boolean }; result: ResetPart[] }
}
