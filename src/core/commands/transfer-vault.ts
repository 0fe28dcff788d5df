import { resolve } from 'node:path'
import type { Commands } from '../../contract/commands.ts'
import { problem } from '../problems/problem-error.ts'
import { writeSharedFile } from '../sharing/write-shared-file.ts'
import type { TokenFamily } from '../vault/token-family.ts'
import { openExport, sealExport } from '../vault/vault-export.ts'
import type { CommandContext } from './command.ts'
import { clearTextIn } from './vault.ts'

/**
 * Writes everything that is kept into one sealed file.
 * @throws ProblemError vault-locked, vault-damaged when a part cannot be read; as sealExport, writeSharedFile
 */
export async function exportVault(
  { ports, tokens }: CommandContext,
  { file, passphrase, replace = false }: Commands['vault export']['parameters'],
): Promise<Commands['vault export']['result']> {
  const given = clearTextIn(passphrase) ?? ''
  const secrets = (await ports.vault.all()).sort((a, b) => (a.name < b.name ? -1 : 1))
  const families = await tokens.everything()
  const text = await sealExport({ secrets, families }, given, new Date(ports.clock.now()).toISOString())
  const path = await writeSharedFile({ file, workingFolder: ports.workingFolder, text, replace })
  return { file: path, secrets: secrets.length, families: families.length }
}

/**
 * Adds what an exported file holds. All of the file is read and checked before anything changes.
 * @throws ProblemError as openExport; vault-locked, data-folder-failed
 */
export async function importVault(
  { ports, tokens }: CommandContext,
  { file, passphrase, replace = false }: Commands['vault import']['parameters'],
): Promise<Commands['vault import']['result']> {
  const { vault, workingFolder } = ports
  const { secrets, families } = await openExport(resolve(workingFolder, file), clearTextIn(passphrase) ?? '')
  const { state, detail, whatToDo } = await vault.facts()
  if (state === 'locked') throw problem('vault-locked', detail, { whatToDo })
  // Tokens first: when they cannot be written none of them stays, and nothing else was changed yet.
  const { taken, skipped } = await tokens.takeIn(families, replace)
  const left: string[] = []
  for (const { name, value, savedAt: _savedAt, ...binding } of secrets) {
    if (replace) await vault.set(name, value, binding)
    else if (!(await vault.add(name, value, binding))) left.push(name)
  }
  return { secrets: secrets.length - left.length, families: taken, skipped: [...left, ...skipped.map(nameOf)] }
}

function nameOf({ id, key: { profile, user } }: TokenFamily): string {
  const place = profile === null ? 'without a profile' : `of profile ${profile}`
  return `tokens ${id.slice(0, 8)} ${place}${user ? ` for ${user}` : ''}`
}
