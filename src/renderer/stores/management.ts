import { defineStore } from 'pinia'
import { computed } from 'vue'
import type { OperationDescription, ParameterDescription, ParameterValues } from '../../contract/description.ts'
import type { Json } from '../../contract/json.ts'
import type { VendorDescription } from '../../contract/vendor.ts'
import type { Run } from '../../contract/run.ts'
import { useEngineDescription } from './engine-description.ts'
import { useProfiles } from './profiles.ts'
import type { RunAnswers } from './run-answers.ts'
import { useRuns } from './runs.ts'
import { useWorkspace } from './workspace.ts'

/** An operation to run with the profile in use. */
export interface ManagementOrder extends RunAnswers {
  operation: string
  parameters: ParameterValues
}

/** Values of a profile that decide which server's clients are meant, and how it is reached. */
const decisive = ['issuer', 'vendor', 'api_base', 'api_key']

/** How clients and grants at the server of the profile in use are managed. */
export const useManagement = defineStore('management', () => {
  const descriptions = useEngineDescription()
  const profiles = useProfiles()
  const workspace = useWorkspace()
  const runs = useRuns()

  const vendors = computed<VendorDescription[]>(() => descriptions.description?.vendors ?? [])
  /** The vendor of this name; without one the one that a server is taken for that no profile says more of. */
  const vendorNamed = (named: Json | undefined): VendorDescription | undefined =>
    vendors.value.find(({ id }) => id === (named ?? defaultVendor(descriptions.operations))) ?? vendors.value[0]
  const vendor = computed(() => vendorNamed(profiles.current?.values.vendor))
  /** tells apart whose clients are meant: what came for one key is never shown for another */
  const key = computed(() => {
    const { name, values, builtIn } = profiles.current ?? {}
    // A built-in server has another address each time it is started, and is the same one.
    const said = builtIn ? [] : decisive.map((member) => values?.[member])
    return JSON.stringify([workspace.facts?.folder, name, ...said])
  })

  /** An operation, when the engine has it and the vendor of the profile's server can do it. */
  function offered(id: string): OperationDescription | undefined {
    return canDo(id, vendor.value) ? descriptions.operationOf(id) : undefined
  }

  /** Whether the engine has an operation and a vendor can do it. */
  function canDo(id: string, who: VendorDescription | undefined): boolean {
    const operation = descriptions.operationOf(id)
    const method = operation?.vendorMethod
    return operation !== undefined && (!method || who?.methods.includes(method) === true)
  }

  /** The field of the profile that the vendor does nothing without and that is empty: the API key. */
  function missingKey(id: string): ParameterDescription | undefined {
    const name = vendor.value?.key
    if (name === undefined || profiles.current?.values[name] !== undefined) return undefined
    return offered(id)?.parameters.find((parameter) => parameter.name === name)
  }

  /** Vendors that can do what this one cannot. */
  function othersFor(id: string): VendorDescription[] {
    const method = descriptions.operationOf(id)?.vendorMethod
    return vendors.value.filter(({ methods }) => method !== undefined && methods.includes(method))
  }

  /** Runs an operation with the profile in use; resolves with the finished run. Rejects with a problem. */
  function run(order: ManagementOrder, onStart?: (runId: string) => void): Promise<Run> {
    const profile = profiles.current?.name
    return runs.startAside({ ...order, ...(profile === undefined ? {} : { profile }) }, onStart)
  }

  return { vendor, vendorNamed, key, offered, canDo, missingKey, othersFor, run }
})

function defaultVendor(operations: readonly OperationDescription[]): unknown {
  const parameters = operations.find(({ id }) => id === 'clients list')?.parameters
  return parameters?.find(({ name }) => name === 'vendor')?.default
}

/** The parameter that names what an operation is done to: the words behind its name on the command line. */
export function targetParameter(operation: OperationDescription | undefined): ParameterDescription | undefined {
  return operation?.parameters.find(({ positional }) => positional)
}
