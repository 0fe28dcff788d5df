import type { SecretSummary } from '../../contract/kept.ts'
import type { EnginePorts, SecretBinding } from '../ports.ts'
import { readEnvironmentFile } from './environment-file.ts'
import { findPlaygroundSecret, isPlaygroundSecretName } from './playground-secrets.ts'
import { checkSecretName, environmentNameOf } from './secret-name.ts'
import { secretMissing } from './secret-missing.ts'

/** The value of a secret. */
export interface ResolvedSecret {
  value: string
  /** where it may go; only for what the vault holds: whoever names a variable chose by that */
  binding?: SecretBinding
}

/** Secret names with the profiles that refer to each. */
export type SecretUse = ReadonlyMap<string, readonly string[]>

/** Finds the values of secrets by name. */
export interface SecretResolver {
  /**
   * The clear values of these names, each looked up in `--secret`, the environment, the `--env-file`, the vault and
   * the playground; first hit wins.
   * @throws ProblemError secret-missing naming all that have no value; file-invalid for the `--env-file`; vault-locked
   */
  resolve(names: string[]): Promise<Map<string, ResolvedSecret>>
  /** Those of these names that have no value here. Starts no playground, asks no keychain. */
  missing(names: string[]): Promise<string[]>
  /** Every name that has a value here, and where it comes from. No values; asks no keychain. */
  list(use: SecretUse): Promise<SecretSummary[]>
}

/** The parts of the ports that secrets come from. */
export type SecretPorts = Pick<
  EnginePorts,
  'secretVariables' | 'environment' | 'environmentFile' | 'workingFolder' | 'vault' | 'playground'
>

/** Where a name has its value. The vault's is read only when it is asked for. */
interface Hit {
  /** for a person */
  from: string
  read(): Promise<ResolvedSecret | undefined>
}

/** Looks one name up; undefined when it has no value here. */
type Lookup = (name: string) => Promise<Hit | undefined>

/** Creates the resolver of a host's secrets. Nothing is read before it is asked for, and nothing is remembered. */
export function createSecretResolver(ports: SecretPorts): SecretResolver {
  return {
    async resolve(names) {
      const find = lookupIn(ports)
      const wanted = [...new Set(names.map(checkSecretName))]
      const found = new Map<string, ResolvedSecret>()
      for (const name of wanted) {
        const secret = (await (await find(name))?.read()) ?? (await findPlaygroundSecret(ports, name))
        if (secret !== undefined) found.set(name, secret)
      }
      const missing = wanted.filter((name) => !found.has(name))
      if (missing.length > 0) throw secretMissing(ports, missing)
      return found
    },
    missing: (names) => findMissing(ports, names),
    list: (use) => listSources(ports, use),
  }
}

async function findMissing(ports: SecretPorts, names: string[]): Promise<string[]> {
  const find = lookupIn(ports)
  const missing: string[] = []
  for (const name of new Set(names)) {
    const isPlaygrounds = ports.playground !== undefined && isPlaygroundSecretName(name)
    if (!isPlaygrounds && !(await find(name))) missing.push(name)
  }
  return missing
}

async function listSources(ports: SecretPorts, use: SecretUse): Promise<SecretSummary[]> {
  const kept = new Map((await ports.vault.list()).map((secret) => [secret.name, secret]))
  const find = lookupIn(ports)
  const listed: SecretSummary[] = []
  for (const name of await knownNames(ports, [...use.keys(), ...kept.keys()])) {
    const hit = await find(name)
    if (!hit) continue
    const secret = isOfVault(hit) ? kept.get(name) : undefined
    const { origins = [], savedAt } = secret ?? {}
    const usedBy = [...(use.get(name) ?? [])]
    listed.push({ name, from: hit.from, usedBy, origins, ...(savedAt ? { savedAt } : {}) })
  }
  return listed
}

const isOfVault = ({ from }: Hit) => from === 'vault' || from === 'memory'

async function knownNames(ports: SecretPorts, referenced: string[]): Promise<string[]> {
  const names = new Set([...Object.keys(ports.secretVariables ?? {}), ...referenced])
  const covered = new Set([...names].map(environmentNameOf))
  const variables = [...Object.keys(ports.environment), ...(await readEnvironmentFile(ports)).keys()]
  for (const variable of variables) {
    const [, name] = /^GRANTLAB_SECRET_([A-Z0-9_]+)$/.exec(variable) ?? []
    // A variable that a known name already stands for is that name, not a second one.
    if (name && !covered.has(variable)) names.add(name.toLowerCase())
  }
  return [...names].sort()
}

/** The order of places up to the vault; the file is read at most once, and only when nothing before it has a name. */
function lookupIn(ports: SecretPorts): Lookup {
  let file: Promise<Map<string, string>> | undefined
  const places: Lookup[] = [
    async (name) => inEnvironment(ports, environmentNameOf(name)),
    async (name) => {
      file ??= readEnvironmentFile(ports)
      const values = await file
      const value = values.get(environmentNameOf(name)) ?? values.get(name)
      return value ? { from: 'environment file', read: async () => ({ value }) } : undefined
    },
    (name) => inVault(ports, name),
  ]
  return async (name) => {
    // Where a person names a variable for this secret, only that one counts: another value is not what they meant.
    const variable = variableFor(ports, name)
    if (variable !== undefined) return inEnvironment(ports, variable)
    for (const place of places) {
      const hit = await place(name)
      if (hit) return hit
    }
    return undefined
  }
}

async function inVault({ vault }: SecretPorts, name: string): Promise<Hit | undefined> {
  if (!(await vault.has(name))) return undefined
  return {
    from: (await vault.facts()).state === 'absent' ? 'memory' : 'vault',
    async read() {
      const secret = await vault.get(name)
      if (!secret?.value) return undefined
      const { value, name: _name, savedAt: _savedAt, ...binding } = secret
      return { value, binding }
    },
  }
}

/** The variable that `--secret` names for a secret. */
function variableFor({ secretVariables }: SecretPorts, name: string): string | undefined {
  return secretVariables && Object.hasOwn(secretVariables, name) ? secretVariables[name] : undefined
}

function inEnvironment({ environment }: SecretPorts, variable: string): Hit | undefined {
  const value = Object.hasOwn(environment, variable) ? environment[variable] : undefined
  return value ? { from: `environment variable ${variable}`, read: async () => ({ value }) } : undefined
}
