import { defineStore } from 'pinia'
import type { Commands } from '../../contract/commands.ts'
import { useEngine } from '../app/provided-engine.ts'

/** The key sets that runs recorded, of which a run itself carries the first keys only. */
export const useKeySets = defineStore('key-sets', () => {
  const { engine } = useEngine()

  /** The keys of a set that hold a text. Rejects with a problem. */
  const find = (parameters: Commands['keys find']['parameters']) => engine.runCommand('keys find', parameters)

  /** One key as it was published, and as PEM where it can be written so. Rejects with a problem. */
  const show = (parameters: Commands['keys show']['parameters']) => engine.runCommand('keys show', parameters)

  return { find, show }
})
