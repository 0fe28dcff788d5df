import { useEngine } from '../app/provided-engine.ts'
import type { LastReading } from './bench.ts'
import { usePlaces } from './places.ts'
import { useRuns } from './runs.ts'

/** Opens what was pasted or dropped as runs that can only be read, and shows the first. Rejects with a problem. */
export function useBenchRuns() {
  const { engine } = useEngine()
  const runs = useRuns()
  const places = usePlaces()
  return async ({ recognised, openable = '', name }: LastReading): Promise<void> => {
    const command = recognised === 'har' ? 'har open' : 'capsule open'
    const { runIds } = await engine.runCommand(command, { text: openable, ...(name ? { name } : {}) })
    const [first] = runIds
    await runs.readHistory()
    if (first === undefined) return
    places.go('run')
    await runs.show(first)
  }
}
