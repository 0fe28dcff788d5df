import type { CommandDescription, OperationDescription, ParameterDescription } from '../contract/description.ts'
import { commandDescriptions, operationDescriptions } from '../core/index.ts'
import { flagsOf, type Flag } from './flags.ts'
import { globalFlagsFor, type GlobalFlag } from './global-flags.ts'
import { playgroundDescription } from './playground-description.ts'

/** Something that can be named after `grantlab`. */
export interface Subject {
  kind: 'operation' | 'command' | 'playground'
  id: string
  description: Omit<CommandDescription, 'destructive'> &
    Partial<Pick<OperationDescription, 'specification' | 'brings' | 'destructive' | 'group'>>
  /** what flags are drawn from; the values of a profile stand here one by one */
  parameters: ParameterDescription[]
  /** names of parameters that go into the command's `values` */
  values: string[]
}

/** Commands that make sense only while a window is open. */
const windowOnly = new Set(['playground start', 'workspace choose'])

/** Everything the command line offers, in the order it is listed. */
export function listSubjects(): Subject[] {
  return [
    ...operationDescriptions.map((description) => subject('operation', description)),
    ...commandDescriptions
      .filter(({ id }) => !windowOnly.has(id))
      .map((description) => withValues(subject('command', description))),
    subject('playground', playgroundDescription),
  ]
}

function subject(kind: Subject['kind'], description: Subject['description']): Subject {
  return { kind, id: description.id, description, parameters: description.parameters, values: [] }
}

/**
 * The flags of a parameter where it stands. SECURITY: a profile is a file and holds references only: a value from the
 * environment must not end up in it.
 */
export function flagsWithin({ kind, values }: Subject, parameter: ParameterDescription): Flag[] {
  const unfit = values.includes(parameter.name) ? 'variable' : kind === 'operation' ? undefined : 'reference'
  return flagsOf(parameter).filter((flag) => flag.kind !== unfit)
}

/** The global flags that apply to a subject. */
export function globalFlagsOf({ kind, description }: Subject): GlobalFlag[] {
  return globalFlagsFor(kind === 'operation', kind === 'command' && description.destructive === true)
}

/** The members of `values` are flags of their own: settings, or each parameter that may stand in a profile, once. */
function withValues(of: Subject): Subject {
  const holder = of.parameters.find(({ name, type }) => name === 'values' && type === 'object')
  if (!holder) return of
  const own = of.parameters.filter((one) => one !== holder)
  const taken = new Set(own.map(({ name }) => name))
  const all = holder.members ?? operationDescriptions.flatMap(({ parameters }) => parameters.filter(isInProfile))
  // Only what is set is stated: no defaults, nothing required, no positions.
  const free = all.filter(({ name }) => !taken.has(name))
  const values = [...new Map(free.map((one) => [one.name, toValue(one)])).values()]
  return { ...of, parameters: [...own, ...values], values: values.map(({ name }) => name) }
}

const isInProfile = ({ inProfile }: ParameterDescription) => inProfile === true

function toValue({ default: _default, required: _required, positional: _positional, ...rest }: ParameterDescription) {
  return rest as ParameterDescription
}

/** Whether the words are only the noun that commands begin with, such as `profiles`. */
export function isNoun(words: readonly string[], subjects: readonly Subject[]): boolean {
  const [noun = ''] = words
  return words.length === 1 && !subjects.some(({ id }) => id === noun) && commandsOf(noun, subjects).length > 0
}

/** The commands that begin with a noun. */
export function commandsOf(noun: string, subjects: readonly Subject[]): Subject[] {
  return subjects.filter(({ id }) => id.startsWith(`${noun} `))
}

/**
 * Finds what the first words name: two words, one word, or a noun alone, which means its list. Answers how many words
 * it took; undefined when there is no such thing.
 */
export function findSubject(
  subjects: readonly Subject[],
  words: readonly string[],
): { subject: Subject; words: number } | undefined {
  const [first = '', second = ''] = words
  const find = (id: string) => subjects.find((one) => one.id === id)
  const two = find(`${first} ${second}`)
  if (two) return { subject: two, words: 2 }
  const one = find(first)
  if (one) return { subject: one, words: 1 }
  const list = second === '' ? find(`${first} list`) : undefined
  return list && { subject: list, words: 1 }
}
