import { useDialogs } from '../../stores/dialogs.ts'
import { useEngineDescription } from '../../stores/engine-description.ts'
import { toProblem } from '../../stores/problem-of.ts'
import { useFolderDraft } from '../../stores/folder-draft.ts'
import { useNotice } from '../../stores/notice.ts'
import { useWorkspace } from '../../stores/workspace.ts'

/** The two dialogs that take a folder. */
export type FolderDialogName = 'open-workspace' | 'new-workspace'

/** Takes another folder into use: by the system's own dialog where the host has one, else by its path. */
export function useOpenWorkspace() {
  const workspace = useWorkspace()
  const dialogs = useDialogs()
  const descriptions = useEngineDescription()
  const notice = useNotice()
  const draft = useFolderDraft()

  /** Takes a folder into use; what is wrong with it is told in the dialog, where it can be mended. */
  async function open(folder: string, dialog: FolderDialogName): Promise<void> {
    try {
      await workspace.open(folder, dialog === 'new-workspace')
      dialogs.close()
      notice.tell(`${workspace.name} is open`)
    } catch (error) {
      draft.begin(folder, toProblem(error))
      dialogs.show(dialog)
    }
  }

  /** Begins with the system's dialog, or with ours. */
  async function startOpening(dialog: FolderDialogName): Promise<void> {
    draft.begin()
    if (!descriptions.description?.capabilities.chooseFolder) return dialogs.show(dialog)
    try {
      const folder = await workspace.choose()
      if (folder) await open(folder, dialog)
    } catch (error) {
      draft.begin('', toProblem(error))
      dialogs.show(dialog)
    }
  }

  return { open, startOpening, openRecent: (folder: string) => open(folder, 'open-workspace') }
}
