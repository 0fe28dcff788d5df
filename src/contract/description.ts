import type { Json } from './json.ts'
import type { PrintableKind } from './token-kind.ts'
import type { VendorMethod } from './vendor.ts'

/** The kinds of value a parameter takes; each has one control in the window and one shape on the command line. */
export type ParameterType =
  | 'text'
  /** text of several lines, such as a request body; on the command line `@FILE` and `-` read it from elsewhere */
  | 'multiline'
  | 'url'
  | 'integer'
  | 'boolean'
  /** one of `choices` */
  | 'choice'
  /** space-separated words on the wire, such as scope */
  | 'words'
  /** a list of strings, each sent as its own parameter, such as resource */
  | 'list'
  /** extra name=value pairs, an ordered list; names may repeat */
  | 'pairs'
  /** a secret: a reference `{secret: NAME}` in files, a clear value only in memory */
  | 'secret'
  /** values of further parameters by name, with `repeats` a list of such objects; commands only */
  | 'object'

/** One choice of a `choice` parameter. */
export interface ChoiceDescription {
  value: string
  title: string
  hint?: string
  /** offered only where the vendor of the server can do this */
  vendorMethod?: VendorMethod
}

/** One parameter of an operation or command, as data: the form, the flag and the schema are drawn from it. */
export interface ParameterDescription {
  /** the wire name where the RFCs have one (`client_id`), else ours in snake_case; the flag is `--client-id` */
  name: string
  title: string
  type: ParameterType
  /** one sentence that explains it to somebody who meets the word for the first time */
  hint: string
  required?: boolean
  default?: Json
  /** of an `object`: the parameters whose values it holds; left out: those that may stand in a profile */
  members?: ParameterDescription[]
  /** of an `object`: a list of them */
  repeats?: boolean
  /** an empty text or list is a value here; elsewhere it counts as not given */
  mayBeEmpty?: boolean
  choices?: ChoiceDescription[]
  /** the text is JSON of this shape */
  json?: 'object'
  /** on the command line the name of a file whose text it is, or `-` for what is piped in */
  fromFile?: true
  /** what a text often is; anything else is taken too */
  proposals?: string[]
  /** smallest and largest integer */
  minimum?: number
  maximum?: number
  /** the specification's section, such as `RFC 7636 §4.3` */
  section?: string
  /** may stand in a profile as a default for every operation that has it */
  inProfile?: boolean
  /** folded away until asked for */
  advanced?: boolean
  /** what belongs together and is the same for every operation stands under a heading of its own */
  group?: 'endpoints' | 'connection'
  /** the field of the server's metadata that lists what can be chosen, such as `scopes_supported` */
  offeredBy?: string
  /** shown and used only when the named parameter has one of these values */
  onlyWhen?: { parameter: string; values: string[] }
  /** a kept secret is looked up only when one of these holds; absent: whenever the parameter is used */
  neededWhen?: { parameter: string; values: string[] }[]
  /** on the command line also given without its flag, as the first word after the command; a list takes all words */
  positional?: boolean
}

/** A step that a run of the operation is expected to take, in order; a step not reached yet is shown faint. */
export interface PlannedStep {
  id: string
  title: string
  /** taken only where it is needed; not shown before */
  optional?: boolean
}

/** What operations are about, in the order in which a list of many shows them, with the heading over each. */
export const operationGroups = {
  tokens: 'Get tokens',
  apis: 'APIs',
  bench: 'Inspect tokens',
  clients: 'Clients and grants',
  discovery: 'Discovery',
} as const

/** A group from the closed list. */
export type OperationGroup = keyof typeof operationGroups

/** Everything that can be done to a server. */
export interface OperationDescription {
  /** `authorization-code`, `client-credentials`, or `noun verb` such as `clients list` */
  id: string
  group: OperationGroup
  title: string
  summary: string
  /** such as `['RFC 6749 §4.1', 'RFC 7636']` */
  specification: string[]
  parameters: ParameterDescription[]
  steps: PlannedStep[]
  /** lists, reads, background refresh: kept in History only when they fail or are pinned */
  browsing?: boolean
  /** what a run can bring that may be printed alone; absent: nothing */
  brings?: PrintableKind[]
  /** what the vendor of a server must be able to do for it; absent: nothing of a vendor's */
  vendorMethod?: VendorMethod
  /** asks for the profile's name first in a production profile: always, or when a parameter has one of these values */
  destructive?: true | { parameter: string; values: string[] }
}

/** What touches no server: one file per noun, the same kind of description. */
export interface CommandDescription {
  /** `profiles list`, `secret set` */
  id: string
  title: string
  summary: string
  parameters: ParameterDescription[]
  /** takes away what nothing brings back: a host asks the person first; the engine itself does not */
  destructive?: true
}

/** A client authentication method, a user agent: something chosen by id. */
export interface ChoiceListEntry {
  id: string
  title: string
  summary: string
  section?: string
}

/** Values for parameters by name, already JSON; secrets are `{secret: NAME}` or clear text that is never written. */
export type ParameterValues = Record<string, Json | undefined>
