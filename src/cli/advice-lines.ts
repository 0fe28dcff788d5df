import { adviceWith } from '../contract/advice.ts'
import type { ParameterDescription } from '../contract/description.ts'
import { globalFlags } from './global-flags.ts'
import { flagsWithin, listSubjects } from './subjects.ts'

interface NamedFlag {
  name: string
  placeholder: string
}

/** The flag of each parameter; of a secret, the one that names an environment variable. */
function flagsByParameter(): Map<string, NamedFlag> {
  const flags = new Map<string, NamedFlag>(globalFlags.map((flag) => [flag.name.replaceAll('-', '_'), flag]))
  for (const subject of listSubjects()) {
    for (const parameter of subject.parameters) addFlag(flags, parameter, flagsWithin(subject, parameter))
  }
  return flags
}

function addFlag(flags: Map<string, NamedFlag>, { name }: ParameterDescription, [first]: NamedFlag[]): void {
  if (first && !flags.has(name)) flags.set(name, first)
}

/** A parameter with its flag, as far as it has one: `scope (--scope)`. */
export function parameterText(name: string): string {
  const flag = flagsByParameter().get(name)
  return flag ? `${name} (--${flag.name})` : name
}

/** An advice as the command line says it: parameters in parentheses are its flags. */
export function adviceText(advice: string): string {
  const flags = flagsByParameter()
  return adviceWith(advice, (parameter, value) => {
    const flag = flags.get(parameter)
    return flag && [`--${flag.name}`, value ?? flag.placeholder].filter(Boolean).join(' ')
  })
}
