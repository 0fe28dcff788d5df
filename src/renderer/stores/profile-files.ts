import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { Commands } from '../../contract/commands.ts'
import type { Problem } from '../../contract/problem.ts'
import type { Profile, ProfileSource } from '../../contract/profile.ts'
import { useEngine } from '../app/provided-engine.ts'
import { usePreferences } from './preferences.ts'
import { useProfiles } from './profiles.ts'

/** A profile that was deleted here and can be brought back. */
export interface DeletedProfile {
  name: string
  text: string
  /** it was the profile in use */
  wasCurrent: boolean
}

/** The files of profiles: read, checked, written, copied, renamed, deleted. Every action rejects with a problem. */
export const useProfileFiles = defineStore('profile-files', () => {
  const { engine } = useEngine()
  const profiles = useProfiles()
  const deletions = useDeletions()

  /** Reads a profile without taking it into use. */
  const show = (name: string): Promise<Profile> => engine.runCommand('profiles show', { name })

  /** The file as it is, broken or not. */
  const source = (name: string): Promise<ProfileSource> => engine.runCommand('profiles source', { name })

  /** What is wrong with a text that is to be a profile; empty when nothing is. */
  async function check(name: string, text: string): Promise<Problem[]> {
    return (await engine.runCommand('profiles check', { name, text })).problems
  }

  /** Writes a whole file; with `was` only when it still holds that text. */
  async function write(parameters: Commands['profiles write']['parameters']): Promise<Profile> {
    return afterwards(await engine.runCommand('profiles write', parameters))
  }

  /** Writes values into a profile's file, whose comments stay. */
  async function save(parameters: Commands['profiles save']['parameters']): Promise<Profile> {
    return afterwards(await engine.runCommand('profiles save', parameters))
  }

  async function duplicate(name: string, to: string): Promise<Profile> {
    return afterwards(await engine.runCommand('profiles duplicate', { name, to }))
  }

  /** Renames; a profile in use stays in use. */
  async function rename(name: string, to: string): Promise<Profile> {
    const renamed = await engine.runCommand('profiles rename', { name, to })
    const preferences = usePreferences()
    if (preferences.profile === name) preferences.profile = to
    return afterwards(renamed)
  }

  /** Trusts one certificate (PEM) for a profile. */
  async function trust(name: string, certificate: string): Promise<Commands['profiles trust']['result']> {
    return afterwards(await engine.runCommand('profiles trust', { name, certificate }))
  }

  /** The list follows what was written. */
  async function afterwards<T>(result: T): Promise<T> {
    await profiles.load()
    return result
  }

  return { show, source, check, write, save, duplicate, rename, trust, ...deletions }
})

function useDeletions() {
  const { engine } = useEngine()
  const profiles = useProfiles()
  const deleted = shallowRef<DeletedProfile>()

  /** Deletes a profile's file and keeps its text, so that it can be brought back. */
  async function remove(name: string): Promise<void> {
    const wasCurrent = usePreferences().profile === name
    const { text } = await engine.runCommand('profiles delete', { name })
    deleted.value = { name, text, wasCurrent }
    await profiles.load()
  }

  /** Brings back what was deleted last, unless there is a profile of its name again. */
  async function undo(): Promise<void> {
    const last = deleted.value
    if (!last) return
    await engine.runCommand('profiles write', { name: last.name, text: last.text, was: '' })
    deleted.value = undefined
    await (last.wasCurrent ? profiles.choose(last.name) : profiles.load())
  }

  /** Gives up bringing it back. */
  function forget(): void {
    deleted.value = undefined
  }

  return { deleted, remove, undo, forget }
}
