import type { EnginePorts } from '../ports.ts'
import { readEnvironmentFile } from './environment-file.ts'
import { findPlaygroundSecret, isPlaygroundSecretName } from './playground-secrets.ts'
import { checkSecretName, environmentNameOf } from './secret-name.ts'
import { secretMissing } from './secret-missing.ts'

/** Finds the values of secrets by name. */
export interface SecretResolver {
  /**
   * The clear values of these names, each looked up in `--secret`, the environment, the `--env-file`, the vault and
   * the playground; first hit wins.
   * @throws ProblemError secret-missing naming all that have no value; file-invalid for the `--env-file`
   */
  resolve(names: string[]): Promise<Map<string, string>>
  /** Those of these names that have no value here. Starts no playground. */
  missing(names: string[]): Promise<string[]>
  /** Where the value of each known name comes from: the vault's names, the environment's, and these. No values. */
  list(referenced: string[]): Promise<{ name: string; from: string }[]>
}

/** The parts of the ports that secrets come from. */
export type SecretPorts = Pick<
  EnginePorts,
  'secretVariables' | 'environment' | 'environmentFile' | 'workingFolder' | 'vault' | 'playground'
>

interface Hit {
  value: string
  /** where it stands, for a person */
  from: string
}

/** Looks one name up; undefined when it has no value here. */
type Lookup = (name: string) => Promise<Hit | undefined>

/** Creates the resolver of a host's secrets. Nothing is read before it is asked for, and nothing is remembered. */
export function createSecretResolver(ports: SecretPorts): SecretResolver {
  return {
    async resolve(names) {
      const find = lookupIn(ports)
      const wanted = [...new Set(names.map(checkSecretName))]
      const found = new Map<string, string>()
      for (const name of wanted) {
        const value = (await find(name))?.value ?? (await findPlaygroundSecret(ports, name))
        if (value !== undefined) found.set(name, value)
      }
      const missing = wanted.filter((name) => !found.has(name))
      if (missing.length > 0) throw secretMissing(ports, missing)
      return found
    },
    missing: (names) => findMissing(ports, names),
    list: (referenced) => listSources(ports, referenced),
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

async function listSources(ports: SecretPorts, referenced: string[]): Promise<{ name: string; from: string }[]> {
  const find = lookupIn(ports)
  const listed: { name: string; from: string }[] = []
  for (const name of await knownNames(ports, referenced)) {
    const hit = await find(name)
    if (hit) listed.push({ name, from: hit.from })
  }
  return listed
}

async function knownNames(ports: SecretPorts, referenced: string[]): Promise<string[]> {
  const names = new Set([...Object.keys(ports.secretVariables ?? {}), ...referenced, ...(await ports.vault.names())])
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
      return value ? { value, from: 'environment file' } : undefined
    },
    async (name) => {
      const value = await ports.vault.get(name)
      return value ? { value, from: 'vault' } : undefined
    },
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

/** The variable that `--secret` names for a secret. */
function variableFor({ secretVariables }: SecretPorts, name: string): string | undefined {
  return secretVariables && Object.hasOwn(secretVariables, name) ? secretVariables[name] : undefined
}

function inEnvironment({ environment }: SecretPorts, variable: string): Hit | undefined {
  const value = Object.hasOwn(environment, variable) ? environment[variable] : undefined
  return value ? { value, from: `environment variable ${variable}` } : undefined
}
