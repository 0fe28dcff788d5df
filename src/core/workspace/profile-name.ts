import { problem } from '../problems/problem-error.ts'
import { isBuiltInProfile } from './built-in-profiles.ts'

const pattern = /^[a-z0-9][a-z0-9._-]{0,63}$/
/** Names that Windows keeps for devices, whatever follows after a dot. */
const reserved = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/

/** Why a text cannot name a profile; undefined when it can. The name is a file name on every system. */
export function refusalOfName(name: string): string | undefined {
  if (!pattern.test(name)) {
    return 'It has lower case letters, digits, - _ and . only, starts with a letter or digit, and has at most 64 of them.'
  }
  if (name.endsWith('.')) return 'It ends with a dot, which Windows cannot store.'
  if (reserved.test(name)) return 'Windows keeps this name for a device.'
  return undefined
}

/**
 * Answers the name when a file can have it.
 * @throws ProblemError parameter-invalid
 */
export function checkProfileName(name: string): string {
  const refusal = refusalOfName(name)
  if (refusal) throw problem('parameter-invalid', `${JSON.stringify(name.slice(0, 80))} is no profile name. ${refusal}`)
  return name
}

/**
 * Answers the name when a person may write or delete a profile of it.
 * @throws ProblemError parameter-invalid
 */
export function checkOwnProfileName(name: string): string {
  if (!isBuiltInProfile(name)) return checkProfileName(name)
  throw problem(
    'parameter-invalid',
    `The profile ${name} is made by Grantlab; it has no file and cannot be written, renamed or deleted.`,
    {
      whatToDo: [
        `Make a copy first (profiles duplicate ${name}) or choose another name; a copy can be changed freely.`,
      ],
    },
  )
}
