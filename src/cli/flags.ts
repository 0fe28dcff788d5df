import type { ParameterDescription, ParameterType } from '../contract/description.ts'

/** A flag of a command, drawn from a parameter's description. */
export interface Flag {
  /** without the two dashes */
  name: string
  parameter: ParameterDescription
  /** how its value is read; `variable` and `reference` are the two ways to give a secret, `file` names where a text is */
  kind: 'value' | 'yes' | 'no' | 'variable' | 'reference' | 'file'
  /** what stands for its value in help texts; empty when it takes none */
  placeholder: string
  /** may be given more than once */
  repeats: boolean
}

const placeholders: Record<ParameterType, string> = {
  text: 'TEXT',
  multiline: 'TEXT|@FILE|-',
  url: 'URL',
  integer: 'N',
  boolean: '',
  choice: 'CHOICE',
  words: 'WORDS',
  list: 'VALUE',
  pairs: 'NAME=VALUE',
  object: 'JSON',
  secret: 'NAME',
}

const repeating: readonly ParameterType[] = ['words', 'list', 'pairs']

/** Short lists of choices stand in the flag itself. */
function placeholderOf({ type, choices = [], json }: ParameterDescription): string {
  if (json && type === 'multiline') return 'JSON|@FILE|-'
  const listed = choices.map(({ value }) => value).join('|')
  return type === 'choice' && listed.length <= 24 ? listed : placeholders[type]
}

/** The flag of a parameter: `client_id` gives `client-id`. */
export function flagNameOf(parameterName: string): string {
  return parameterName.replaceAll('_', '-')
}

/**
 * The flags of a parameter. A secret has none for its value: it would stand in the process list and in the shell's
 * history; an environment variable or a stored secret is named instead.
 */
export function flagsOf(parameter: ParameterDescription): Flag[] {
  const name = flagNameOf(parameter.name)
  const flag = (of: Partial<Flag>): Flag => ({
    name,
    parameter,
    kind: 'value',
    placeholder: parameter.fromFile ? 'FILE|URL|-' : placeholderOf(parameter),
    repeats: repeating.includes(parameter.type) || parameter.repeats === true,
    ...of,
  })
  if (parameter.type === 'boolean') return [flag({ kind: 'yes' }), flag({ name: `no-${name}`, kind: 'no' })]
  const file = parameter.fromFile ? [flag({ name: `${name}-file`, kind: 'file', placeholder: 'FILE|-' })] : []
  if (parameter.type === 'text' && parameter.fromFile) return file
  if (parameter.type !== 'secret') return [flag({})]
  return [
    ...file,
    flag({ name: `${name}-env`, kind: 'variable', placeholder: 'VARIABLE' }),
    flag({ name: `${name}-name`, kind: 'reference', placeholder: 'SECRET' }),
  ]
}
