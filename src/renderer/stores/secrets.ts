import { defineStore } from 'pinia'
import { useEngine } from '../app/provided-engine.ts'

/** Masked values in clear, one at a time and only when asked for by name. */
export const useSecrets = defineStore('secrets', () => {
  const { engine } = useEngine()

  /** The clear value behind a fingerprint. Rejects with a problem when it is not known any more. */
  async function reveal(fingerprint: string): Promise<string> {
    return (await engine.reveal({ fingerprint })).value
  }

  return { reveal }
})
