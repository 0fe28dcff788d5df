import { ref, shallowRef } from 'vue'
import type { Problem } from '../../../contract/problem.ts'
import { useNotice } from '../../stores/notice.ts'
import { toProblem } from '../../stores/problem-of.ts'
import { useProfileFiles, type Naming } from '../../stores/profile-files.ts'
import { useProfiles } from '../../stores/profiles.ts'
import { copyOf } from '../../stores/profile-names.ts'
import type { ProfileScreen } from './use-profiles-screen.ts'

/** A name and a title that are being asked for. */
interface NamingQuestion {
  title: string
  proposed: Naming
  button: string
  act(to: Naming): Promise<void>
}

/** What can be done with the open profile as a whole; changes that are not saved are asked about first. */
export function useProfileActions(screen: ProfileScreen) {
  const files = useProfileFiles()
  const profiles = useProfiles()
  const naming = shallowRef<NamingQuestion>()

  function duplicate(): void {
    const { value: summary } = screen.summary
    if (!summary || summary.problem) return
    screen.leave(() => {
      naming.value = {
        title: `Duplicate ${summary.title}`,
        proposed: copyOf(summary, profiles.list),
        button: 'Duplicate',
        act: async (to) => screen.open((await files.duplicate(summary.name, to)).name),
      }
    })
  }

  function rename(): void {
    const { value: summary } = screen.summary
    if (!summary || summary.problem || summary.builtIn) return
    screen.leave(() => {
      naming.value = {
        title: `Rename ${summary.title}`,
        proposed: { name: summary.name, title: summary.title },
        button: 'Rename',
        act: async (to) => screen.open((await files.rename(summary.name, to)).name),
      }
    })
  }

  return { naming, duplicate, rename, ...useAttemptedActions(screen) }
}

/** What asks for nothing and may fail; `problem` says why the last did. */
function useAttemptedActions(screen: ProfileScreen) {
  const files = useProfileFiles()
  const notice = useNotice()
  const problem = ref<Problem>()

  async function attempt(work: () => Promise<void>): Promise<void> {
    problem.value = undefined
    try {
      await work()
    } catch (error) {
      problem.value = toProblem(error)
    }
  }

  /** Deletes at once: it can be undone. */
  function remove(): void {
    const { value: summary } = screen.summary
    if (!summary || summary.builtIn) return
    screen.discard()
    void attempt(() => files.remove(summary.name))
  }

  const undo = () =>
    attempt(async () => {
      const name = files.deleted?.name
      await files.undo()
      if (name !== undefined) screen.choose(name)
    })

  const copyPath = () =>
    attempt(async () => {
      const { value: chosen } = screen.chosen
      if (chosen === undefined) return
      await navigator.clipboard.writeText((await files.source(chosen)).file)
      notice.tell('Path copied')
    })

  return { problem, remove, undo, copyPath }
}
