import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { Commands } from '../../contract/commands.ts'
import type { Problem } from '../../contract/problem.ts'
import type { Profile } from '../../contract/profile.ts'
import type { Registration } from '../../contract/registration.ts'
import { useEngine } from '../app/provided-engine.ts'
import { latestReading } from './latest-reading.ts'
import { toProblem } from './problem-of.ts'
import { useProfiles } from './profiles.ts'
import { useSecrets } from './secrets.ts'

/** What was registered from this data folder, whatever the profile. */
export const useRegistrations = defineStore('registrations', () => {
  const { engine } = useEngine()
  const profiles = useProfiles()
  const secrets = useSecrets()
  const list = shallowRef<readonly Registration[]>([])
  const isRead = ref(false)
  const problem = shallowRef<Problem>()

  const load = latestReading(async (isLatest) => {
    try {
      const found = await engine.runCommand('registrations list', {})
      if (!isLatest()) return
      list.value = found
      isRead.value = true
      problem.value = undefined
    } catch (error) {
      if (isLatest()) problem.value = toProblem(error)
    }
  })

  /** Forgets one here, with its secrets. Rejects with a problem. */
  async function forget(id: string): Promise<void> {
    await engine.runCommand('registrations forget', { id })
    await Promise.all([load(), secrets.load()])
  }

  /** Writes a profile that signs in with one. Rejects with a problem. */
  async function makeProfile(parameters: Commands['registrations make-profile']['parameters']): Promise<Profile> {
    const profile = await engine.runCommand('registrations make-profile', parameters)
    await Promise.all([load(), profiles.load()])
    return profile
  }

  return { list, isRead, problem, load, forget, makeProfile }
})
