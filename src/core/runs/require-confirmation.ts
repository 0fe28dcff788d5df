import type { OperationDescription, ParameterValues } from '../../contract/description.ts'
import { isDestructive } from '../../contract/destructive.ts'
import type { Profile } from '../../contract/profile.ts'
import { problem } from '../problems/problem-error.ts'

/** What is about to be run, and what a person confirmed. */
export interface Confirming {
  operation: OperationDescription
  parameters: ParameterValues
  profile: Profile | undefined
  /** what was typed */
  confirm: string | undefined
}

/**
 * What destroys something in a production profile wants the profile's name first.
 * @throws ProblemError confirmation-needed
 */
export function requireConfirmation({ operation, parameters, profile, confirm }: Confirming): void {
  if (!profile?.production || !isDestructive(operation, parameters) || confirm === profile.name) return
  const typed = confirm === undefined ? '' : ' What was typed is another name.'
  throw problem(
    'confirmation-needed',
    `${operation.title} can destroy something, and ${profile.name} is in production.${typed}`,
    {
      whatToDo: [`Type the name of the profile to confirm; on the command line --confirm ${profile.name}.`],
    },
  )
}
