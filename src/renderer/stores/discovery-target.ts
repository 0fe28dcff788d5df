import type { StartRun } from '../../contract/engine.ts'
import { problemOf } from '../../contract/problem.ts'
import { WireError } from '../../contract/wire.ts'
import { useProfiles } from './profiles.ts'
import { resourceAddressOf } from './resource-address.ts'

/** What a pasted text asks for. */
export interface DiscoveryTarget {
  input: StartRun
  /** how the text was read, in a sentence */
  read: string
  /** what else the text may be, when no server answers there */
  orResource?: StartRun
}

/** Turns what a person pasted into what is asked for; touches no server. Rejects with a problem. */
export function useDiscoveryTarget() {
  const profiles = useProfiles()
  return async (text: string, isResource: boolean): Promise<DiscoveryTarget> => {
    const resource = resourceAddressOf(text)
    if (resource && (isResource || resource.isMetadata)) {
      return { input: askResource(resource.address), read: 'Read as the address of an API.' }
    }
    const { values, read } = await profiles.readAddress(text)
    if (values.issuer === undefined) throw new WireError(problemOf('parameter-invalid', read))
    const input = { operation: 'discover', parameters: { issuer: values.issuer } }
    const isAddressAlone = resource && values.client_id === undefined
    return { input, read, ...(isAddressAlone ? { orResource: askResource(resource.address) } : {}) }
  }
}

const askResource = (address: string): StartRun => ({
  operation: 'discover-resource',
  parameters: { resource_url: address },
})
