import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { Problem } from '../../contract/problem.ts'
import type { WorkspaceFacts } from '../../contract/settings.ts'
import { useEngine } from '../app/provided-engine.ts'
import { folderNameOf } from './folder-name.ts'
import { toProblem } from './problem-of.ts'
import { useProfiles } from './profiles.ts'
import { useSecrets } from './secrets.ts'

/** The folder of profiles in use, and those that were in use before. */
export const useWorkspace = defineStore('workspace', () => {
  const { engine } = useEngine()
  const profiles = useProfiles()
  const secrets = useSecrets()
  const facts = shallowRef<WorkspaceFacts>()
  const failure = shallowRef<Problem>()
  /** why the folder is not known, or what is wrong with its grantlab.yaml */
  const problem = computed(() => failure.value ?? facts.value?.problem)
  const name = computed(() => (facts.value ? nameOf(facts.value) : ''))
  /** a folder was just opened: what its profiles lack is told until a person says that it can wait */
  const tellsMissing = ref(false)

  /** Reads which folder is in use. */
  async function load(): Promise<void> {
    try {
      facts.value = await engine.runCommand('workspace show', {})
      failure.value = undefined
    } catch (error) {
      failure.value = toProblem(error)
    }
  }

  /** Takes a folder into use; nothing in it is run. With `create` one without grantlab.yaml gets it. Rejects with a problem. */
  async function open(folder: string, create = false): Promise<void> {
    facts.value = await engine.runCommand('workspace open', { folder, ...(create ? { create } : {}) })
    failure.value = undefined
    await Promise.all([profiles.load(), secrets.load()])
    tellsMissing.value = secrets.missing.length > 0
  }

  /** Asks for a folder in the system's own dialog; undefined when a person gave none. Rejects with a problem. */
  async function choose(): Promise<string | undefined> {
    return (await engine.runCommand('workspace choose', {})).folder || undefined
  }

  /** Leaves missing secrets for later. */
  function leaveMissing(): void {
    tellsMissing.value = false
  }

  return { facts, problem, name, tellsMissing, load, open, choose, leaveMissing }
})

function nameOf({ folder, isOwn }: WorkspaceFacts): string {
  return isOwn ? 'My workspace' : folderNameOf(folder)
}
