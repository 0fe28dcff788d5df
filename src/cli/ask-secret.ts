import type { Engine } from '../contract/engine.ts'
import type { VaultFacts } from '../contract/kept.ts'
import type { ParameterValues } from '../contract/description.ts'
import type { CliProcess } from './cli-process.ts'
import { importNotKept, secretNotKept, vaultNotOpen } from './kept-nothing.ts'
import { readSecret } from './read-secret.ts'

/**
 * The parameters of a command with what is typed or piped and stands in no flag: the value of a secret, a passphrase.
 * @throws ProblemError before anything is asked for when a secret would not last
 */
export async function withAskedSecret(
  cli: CliProcess,
  engine: Engine,
  { id, parameters }: { id: string; parameters: ParameterValues },
): Promise<ParameterValues> {
  if (id === 'secret set') {
    const facts: VaultFacts = await engine.runCommand('vault unlock', {})
    if (facts.state === 'absent') throw secretNotKept(parameters.name, facts)
    if (facts.state === 'locked') throw vaultNotOpen(facts)
    return withValue(cli, parameters, {
      name: 'value',
      prompt: `Value of ${String(parameters.name ?? 'the secret')}: `,
    })
  }
  const isGiven = Boolean(cli.environment.GRANTLAB_VAULT_PASSPHRASE)
  const isNeeded = id === 'vault use' && parameters.store === 'passphrase'
  if (!isNeeded || isGiven) return withFilePassphrase(cli, engine, { id, parameters })
  return withValue(cli, parameters, { name: 'passphrase', prompt: 'Passphrase of the vault: ' })
}

/** Of an exported vault: a passphrase of its own, never the one of the vault here. */
async function withFilePassphrase(
  cli: CliProcess,
  engine: Engine,
  { id, parameters }: { id: string; parameters: ParameterValues },
): Promise<ParameterValues> {
  if (id !== 'vault export' && id !== 'vault import') return parameters
  if (id === 'vault import') await requireLasting(engine)
  return withValue(cli, parameters, { name: 'passphrase', prompt: 'Passphrase of the file: ' })
}

async function requireLasting(engine: Engine): Promise<void> {
  const facts: VaultFacts = await engine.runCommand('vault unlock', {})
  if (facts.state === 'absent') throw importNotKept(facts)
  if (facts.state === 'locked') throw vaultNotOpen(facts)
}

async function withValue(
  cli: CliProcess,
  parameters: ParameterValues,
  { name, prompt }: { name: string; prompt: string },
): Promise<ParameterValues> {
  return parameters[name] === undefined ? { ...parameters, [name]: await readSecret(cli, prompt) } : parameters
}
