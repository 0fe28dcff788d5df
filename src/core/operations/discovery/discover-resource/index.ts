import { connectionParameters } from '../../connection-parameters.ts'
import type { Operation } from '../../operation.ts'

/** Reads what a protected resource says about itself. */
export const discoverResource: Operation = {
  description: {
    id: 'discover-resource',
    group: 'discovery',
    title: 'Discover a resource',
    summary: 'Read what an API or MCP server says about itself, and which servers give tokens for it.',
    specification: ['RFC 9728'],
    parameters: [
      {
        name: 'resource_url',
        title: 'Resource',
        type: 'url',
        hint: 'The address of the API or MCP server.',
        section: 'RFC 9728 §1.2',
        required: true,
        positional: true,
      },
      ...connectionParameters,
    ],
    steps: [
      { id: 'resource', title: 'Resource metadata' },
      { id: 'discover', title: 'Discover' },
    ],
    browsing: true,
  },
  load: () => import('./run.ts'),
}
