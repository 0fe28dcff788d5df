import { defineStore } from 'pinia'
import type { ResetPart } from '../../contract/settings.ts'
import { useEngine } from '../app/provided-engine.ts'

/** What stands in the browser's storage of this window; the session is the host's and stays. */
const ownKeys = ['grantlab.preferences', 'grantlab.run', 'grantlab.place', 'grantlab.opened']

/** What Grantlab keeps on this machine, as a whole. */
export const useDataFolder = defineStore('data-folder', () => {
  const { engine } = useEngine()

  /** Versions, states and the end of the log, masked, as they would be copied. Rejects with a problem. */
  const readDiagnostics = async (): Promise<string> => (await engine.runCommand('diagnostics show', {})).text

  /** What removing everything would take away. Rejects with a problem. */
  const listParts = (): Promise<ResetPart[]> => engine.runCommand('reset', { dry_run: true })

  /** Removes everything; each part says how it went. Rejects with a problem. */
  async function removeEverything(): Promise<ResetPart[]> {
    const parts = await engine.runCommand('reset', {})
    for (const storage of [globalThis.localStorage, globalThis.sessionStorage])
      for (const key of ownKeys) storage?.removeItem(key)
    return parts
  }

  return { readDiagnostics, listParts, removeEverything }
})
