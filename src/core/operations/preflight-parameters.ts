import type { ParameterDescription } from '../../contract/description.ts'
import { vendorParametersWhen } from './vendor-parameters.ts'

/** Whether a run is compared with the registration of its client before anything is sent. */
export const preflightParameter: ParameterDescription = {
  name: 'preflight',
  title: 'Compare first',
  type: 'choice',
  hint: 'Compares redirect URI, scopes, grant type, client authentication and PKCE with what is registered.',
  section: 'RFC 7591 §2',
  default: 'remembered',
  choices: [
    { value: 'remembered', title: 'With what was last seen', hint: 'Nothing is asked.' },
    { value: 'ask', title: 'Ask the server first', hint: 'Reads the registration, where the server has a way to.' },
    { value: 'off', title: 'Do not compare' },
  ],
  inProfile: true,
  advanced: true,
}

/** The same, and how the registration is asked for. */
export const preflightParameters: ParameterDescription[] = [
  preflightParameter,
  ...vendorParametersWhen([{ parameter: 'preflight', values: ['ask'] }]),
]

/** The step in which that is done; not taken when nothing is known. */
export const preflightStep = { id: 'preflight', title: 'Compare with the registration', optional: true } as const
