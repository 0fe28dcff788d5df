import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { Problem } from '../../contract/problem.ts'
import { useEngine } from '../app/provided-engine.ts'
import { usePlaces } from './places.ts'
import { useRuns } from './runs.ts'

/** A capsule or a HAR that was opened here. */
export interface OpenedFile {
  /** the file's name; empty when it was pasted */
  name: string
  /** its runs, in its own order */
  runIds: string[]
  /** what of it could not be read */
  problems: Problem[]
}

/** Where a reload finds them; the engine has the runs themselves until it ends. */
const storageKey = 'grantlab.opened'
const mostFiles = 20

/** Runs of files that others made: they can be looked at, and nothing acts on them. */
export const useOpenedRuns = defineStore('opened-runs', () => {
  const { engine } = useEngine()
  const runs = useRuns()
  const places = usePlaces()
  const files = shallowRef<readonly OpenedFile[]>(storedFiles())

  /** Opens a capsule or a HAR and shows its first run. Sends nothing. Rejects with a problem. */
  async function openShared(text: string, name = ''): Promise<void> {
    const file = { name, problems: [], ...(await open({ text, ...(name ? { name } : {}) })) }
    keep([file, ...files.value].slice(0, mostFiles))
    if (file.runIds[0] !== undefined) await show(file.runIds[0])
  }

  /** A capsule is a page, a HAR is JSON. */
  function open(parameters: { text: string; name?: string }): Promise<{ runIds: string[]; problems?: Problem[] }> {
    const isPage = /^\uFEFF?\s*</.test(parameters.text)
    return isPage ? engine.runCommand('capsule open', parameters) : engine.runCommand('har open', parameters)
  }

  /** Shows one of the runs; the form stays as it is. One that the engine has not any more leaves the list. */
  async function show(runId: string): Promise<void> {
    places.go('run')
    await runs.show(runId)
    if (runs.current?.id !== runId && runs.problem?.code === 'run-not-found') forget(runId)
  }

  function forget(runId: string): void {
    const without = files.value.map((file) => ({ ...file, runIds: file.runIds.filter((id) => id !== runId) }))
    keep(without.filter(({ runIds }) => runIds.length > 0))
  }

  /** The file that a run came from, while it is known here. */
  function fileOf(runId: string): OpenedFile | undefined {
    return files.value.find(({ runIds }) => runIds.includes(runId))
  }

  function keep(next: readonly OpenedFile[]): void {
    files.value = next
    globalThis.sessionStorage?.setItem(storageKey, JSON.stringify(next))
  }

  return { files, openShared, show, fileOf }
})

function storedFiles(): OpenedFile[] {
  try {
    const stored = JSON.parse(globalThis.sessionStorage?.getItem(storageKey) ?? '[]') as OpenedFile[]
    return stored.filter(({ runIds, problems }) => Array.isArray(runIds) && Array.isArray(problems))
  } catch {
    return []
  }
}
