import type { PrintableKind, TokenKind } from '../contract/token-kind.ts'

/** The kinds of token. */
export const tokenKinds: readonly TokenKind[] = ['access_token', 'id_token', 'refresh_token']

/** What `--print` can name. */
export const printableKinds: readonly PrintableKind[] = [...tokenKinds, 'client_secret', 'registration_access_token']

/** Flags that every command takes. */
export interface GlobalFlags {
  profile: string | undefined
  workspace: string | undefined
  dataDir: string | undefined
  secrets: string[]
  environmentFile: string | undefined
  json: boolean
  print: PrintableKind | undefined
  confirm: string | undefined
  allowSecrets: boolean
  rules: boolean
  /** go on without asking */
  yes: boolean
}

/** One global flag, for the parser and for help. */
export interface GlobalFlag {
  name: string
  placeholder: string
  hint: string
  repeats?: boolean
  /** takes part only in operations */
  operationsOnly?: boolean
  /** takes part only in commands that take away what nothing brings back */
  destructiveOnly?: boolean
}

/** The global flags in the order help lists them. */
export const globalFlags: readonly GlobalFlag[] = [
  {
    name: 'profile',
    placeholder: 'NAME',
    hint: 'The profile whose values are used; playground and telnyx-emulator exist always.',
    operationsOnly: true,
  },
  {
    name: 'json',
    placeholder: '',
    hint: 'Write one JSON object to stdout; a problem also as one JSON line to stderr.',
  },
  {
    name: 'print',
    placeholder: 'KIND',
    hint: `Write this token or secret alone to stdout and everything else to stderr: ${printableKinds.join(', ')}.`,
    operationsOnly: true,
  },
  {
    name: 'timeout',
    placeholder: 'SECONDS',
    hint: 'Seconds to wait for each answer of a server, from 1 to 600; 30 when left out.',
    operationsOnly: true,
  },
  {
    name: 'confirm',
    placeholder: 'NAME',
    hint: "The profile's name again, to confirm what can destroy something in a production profile.",
    operationsOnly: true,
  },
  {
    name: 'allow-secrets',
    placeholder: '',
    hint: 'Secrets of the vault may go to where this run sends them, also when that was another place before; it is remembered.',
    operationsOnly: true,
  },
  {
    name: 'rules',
    placeholder: '',
    hint: 'End with exit code 1 when a finding is an error, also when the run itself went well.',
    operationsOnly: true,
  },
  {
    name: 'yes',
    placeholder: '',
    hint: 'Go on without being asked; needed where nobody is at a terminal.',
    destructiveOnly: true,
  },
  {
    name: 'secret',
    placeholder: 'NAME=VARIABLE',
    hint: 'The secret NAME is in this environment variable; may be repeated.',
    repeats: true,
  },
  { name: 'env-file', placeholder: 'FILE', hint: 'A file with NAME=value lines to find secrets in.' },
  {
    name: 'workspace',
    placeholder: 'DIR',
    hint: 'The folder with grantlab.yaml; otherwise the nearest one upward from here.',
  },
  {
    name: 'data-dir',
    placeholder: 'DIR',
    hint: 'Where history and settings are kept; otherwise GRANTLAB_HOME, else the usual place.',
  },
  { name: 'help', placeholder: '', hint: 'Show this and end.' },
]

/** The global flags of one operation or command. */
export function globalFlagsFor(isOperation: boolean, isDestructive: boolean): GlobalFlag[] {
  return globalFlags.filter(
    ({ operationsOnly, destructiveOnly }) => (isOperation || !operationsOnly) && (isDestructive || !destructiveOnly),
  )
}
