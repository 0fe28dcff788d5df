import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { PersonalKind, SharedContents } from '../../contract/sharing.ts'
import { useEngine } from '../app/provided-engine.ts'
import { useDialogs } from './dialogs.ts'

/** What runs are handed on as. */
export type SharedForm = 'capsule' | 'ticket' | 'har'

/** What a person decided about what is handed on. */
export interface SharedChoice {
  /** kinds of personal data that stand in clear */
  include: readonly PersonalKind[]
  note: string
}

/** What would be handed on: what stands in it, and its text, whole. */
export interface SharedPreview {
  contents: SharedContents
  text: string
}

/** Handing runs on without their secrets: which runs are asked about, and what is made of them. */
export const useSharing = defineStore('sharing', () => {
  const { engine } = useEngine()
  const dialogs = useDialogs()
  const runIds = shallowRef<readonly string[]>([])
  const form = ref<SharedForm>('capsule')

  /** Opens the dialog for these runs; nothing is made before a person saw what it would hold. */
  function ask(ids: readonly string[], as: SharedForm = 'capsule'): void {
    runIds.value = ids
    form.value = ids.length > 1 && as === 'ticket' ? 'capsule' : as
    dialogs.show('share')
  }

  const orderOf = ({ include }: SharedChoice) => ({ run_ids: [...runIds.value], include: [...include] })
  const noteOf = ({ note }: SharedChoice) => (note.trim() ? { note: note.trim() } : {})

  /** What a form would hold. Rejects with a problem, such as a secret that could not be masked. */
  async function preview(as: SharedForm, choice: SharedChoice): Promise<SharedPreview> {
    if (as === 'har') {
      const { contents, text = '' } = await engine.runCommand('har make', orderOf(choice))
      return { contents, text }
    }
    if (as === 'capsule') return engine.runCommand('capsule preview', { ...orderOf(choice), ...noteOf(choice) })
    const [{ contents }, { markdown }] = await Promise.all([
      engine.runCommand('capsule preview', orderOf(choice)),
      engine.runCommand('share ticket', { run_id: runIds.value[0] ?? '', include: [...choice.include] }),
    ])
    return { contents: { ...contents, bytes: new TextEncoder().encode(markdown).length }, text: markdown }
  }

  /** The whole page of a capsule. Rejects with a problem. */
  async function makeCapsule(choice: SharedChoice): Promise<string> {
    return (await engine.runCommand('capsule make', { ...orderOf(choice), ...noteOf(choice) })).html ?? ''
  }

  return { runIds, form, ask, preview, makeCapsule }
})
