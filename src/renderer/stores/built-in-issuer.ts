import { computed, watch } from 'vue'
import { useProfiles } from './profiles.ts'
import { useRuns } from './runs.ts'

/**
 * Reads a built-in profile again when a run of it went to another issuer than it says: the playground of another process
 * ended, and this host started one of its own.
 */
export function followBuiltInIssuer(): void {
  const profiles = useProfiles()
  const runs = useRuns()
  const told = computed(() => {
    const { builtIn, name } = profiles.current ?? {}
    if (!builtIn) return undefined
    return [...runs.runs.values()].findLast(({ profile }) => profile === name)?.parameters.issuer
  })
  watch(told, (issuer) => {
    if (typeof issuer === 'string' && issuer !== profiles.current?.values.issuer) void profiles.load()
  })
}
