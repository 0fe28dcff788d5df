import type { EnginePorts } from '../ports.ts'
import { type ProblemError, problem } from '../problems/problem-error.ts'
import { environmentNameOf } from './secret-name.ts'

type Ports = Pick<EnginePorts, 'secretVariables' | 'environmentFile'>

/** One problem for all secrets without a value: their names, where Grantlab looked, and how to set them. */
export function secretMissing(ports: Ports, names: string[]): ProblemError {
  const named = ports.secretVariables ?? {}
  const chosen = names.filter((name) => Object.hasOwn(named, name))
  const others = names.filter((name) => !chosen.includes(name))
  const sentences = [
    names.length === 1 ? `The secret ${names[0]} has no value here.` : `These have no value here: ${names.join(', ')}.`,
    ...chosen.map((name) => `${name} is to be in the environment variable ${named[name]}, which is not set.`),
    ...(others.length > 0 ? [`Looked in ${placesFor(ports, others).join(', ')}.`] : []),
  ]
  return problem('secret-missing', sentences.join(' '), {
    whatToDo: [
      ...chosen.map((name) => `Set the environment variable ${named[name]}.`),
      ...others.map((name) => `Set the environment variable ${environmentNameOf(name)}.`),
      'Or open the profile in the window and type the secret there.',
    ],
  })
}

function placesFor({ environmentFile }: Ports, names: string[]): string[] {
  const variables = names.map(environmentNameOf).join(', ')
  return [
    `the environment (${variables})`,
    ...(environmentFile === undefined ? [] : [`the file ${environmentFile}`]),
    'the vault',
  ]
}
