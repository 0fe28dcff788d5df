import { connectionParameters } from '../../connection-parameters.ts'
import { endpointParameters } from '../../endpoint-parameters.ts'
import type { Operation } from '../../operation.ts'
import type { ParameterDescription } from '../../../../contract/description.ts'
import { issuer } from '../../parameters.ts'

const discoverParameters: ParameterDescription[] = [
  {
    name: 'keys',
    title: 'Read the keys',
    type: 'boolean',
    hint: 'Whether to read and check the public keys of the server as well.',
    section: 'RFC 7517 §5',
    default: true,
    advanced: true,
  },
  {
    name: 'reach',
    title: 'Reach every endpoint',
    type: 'boolean',
    hint: 'Asks every host that the metadata names, without credentials, whether it can be reached.',
    default: false,
    advanced: true,
  },
  {
    name: 'cors_origin',
    title: 'Browser origin',
    type: 'url',
    hint: 'The origin of a browser application: says which endpoints let it read their answers.',
    advanced: true,
  },
  {
    name: 'against',
    title: 'Compare with file',
    type: 'text',
    hint: 'A saved snapshot or metadata document; the run fails when anything differs from it.',
    advanced: true,
  },
  {
    name: 'save',
    title: 'Save to file',
    type: 'text',
    hint: 'Writes what the server says now into a file, to be compared with later.',
    advanced: true,
  },
]

/** Reads what an authorization server says about itself. */
export const discover: Operation = {
  description: {
    id: 'discover',
    group: 'discovery',
    title: 'Discover',
    summary: 'Read what an authorization server says about itself.',
    specification: ['RFC 8414', 'OpenID Connect Discovery 1.0 §4'],
    parameters: [
      { ...issuer, positional: true },
      ...discoverParameters,
      ...endpointParameters,
      ...connectionParameters,
    ],
    steps: [
      { id: 'discover', title: 'Discover' },
      { id: 'keys', title: 'Keys' },
      { id: 'compare', title: 'Compare' },
    ],
    browsing: true,
  },
  load: () => import('./run.ts'),
}
