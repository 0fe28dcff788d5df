import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { KeptTokenSummary } from '../../contract/kept.ts'
import type { Problem } from '../../contract/problem.ts'
import { useEngine } from '../app/provided-engine.ts'
import { toProblem } from './problem-of.ts'

/** The tokens that are kept, without their values. */
export const useTokens = defineStore('tokens', () => {
  const { engine } = useEngine()
  const list = shallowRef<readonly KeptTokenSummary[]>([])
  /** false until the list was read once */
  const isRead = ref(false)
  const problem = shallowRef<Problem>()
  let readings = 0

  /** Reads the list; of several readings under way only the last one counts. */
  async function load(): Promise<void> {
    const mine = ++readings
    try {
      const found = await engine.runCommand('tokens list', {})
      if (mine !== readings) return
      list.value = found
      problem.value = undefined
      isRead.value = true
    } catch (error) {
      if (mine === readings) problem.value = toProblem(error)
    }
  }

  /** Forgets families, and nothing that came meanwhile; the servers are told nothing. Rejects with a problem. */
  async function forget(families: Iterable<string>): Promise<void> {
    try {
      for (const family of families) await engine.runCommand('tokens delete', { family })
    } finally {
      await load()
    }
  }

  /** Forgets every token of a profile, or all. Rejects with a problem. */
  async function clear(of: { profile?: string; user?: string } = {}): Promise<void> {
    try {
      await engine.runCommand('tokens clear', of)
    } finally {
      await load()
    }
  }

  return { list, isRead, problem, load, forget, clear }
})
