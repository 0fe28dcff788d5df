import { computed, ref, shallowRef, watch } from 'vue'
import type { Problem } from '../../../contract/problem.ts'
import { toProblem } from '../../stores/problem-of.ts'
import { useProfiles } from '../../stores/profiles.ts'
import { useFormEditor } from './use-form-editor.ts'
import { useYamlEditor } from './use-yaml-editor.ts'

/** The two ways to change a profile. */
export type ProfileTab = 'form' | 'yaml'

/** The Profiles screen: which profile stands open, in which way, and what is not saved of it. */
export type ProfileScreen = ReturnType<typeof useProfilesScreen>

/** Opens one profile at a time; whatever would lose changes asks first. */
export function useProfilesScreen() {
  const opened = useOpenedProfile()
  const { form, yaml, tab, load, open, discard } = opened
  const note = ref('')
  const isDirty = computed(() => form.isDirty.value || yaml.isDirty.value)
  const { leaving, leave, answerLeaving } = useLeaving(() => isDirty.value)
  watch([opened.chosen, tab], () => (note.value = ''))

  const choose = (name: string) => leave(() => open(name))

  function showTab(next: ProfileTab): void {
    if (next === tab.value) return
    leave(() => {
      discard()
      tab.value = next
      return load()
    })
  }

  async function save(overwrites = false): Promise<boolean> {
    const isSaved = await (tab.value === 'form' ? form : yaml).save(overwrites)
    note.value = isSaved ? 'Saved' : ''
    return isSaved
  }

  const takeTheirs = () => {
    discard()
    return load()
  }

  /** Goes on after the question whether to save. */
  const answer = async (how: 'save' | 'discard' | 'stay') => {
    if (how === 'save' && !(await save())) return answerLeaving(false)
    if (how === 'discard') discard()
    return answerLeaving(how !== 'stay')
  }

  return { ...opened, note, isDirty, leaving, choose, leave, answer, showTab, save, takeTheirs }
}

/** The open profile in both editors; only that of the open tab holds changes. */
function useOpenedProfile() {
  const profiles = useProfiles()
  const form = useFormEditor()
  const yaml = useYamlEditor()
  const chosen = ref<string>()
  const tab = ref<ProfileTab>('form')
  const problem = shallowRef<Problem>()
  const summary = computed(() => profiles.list.find(({ name }) => name === chosen.value))

  /** Reads the open profile for the open tab. */
  async function load(): Promise<void> {
    problem.value = undefined
    const { value: opened } = summary
    if (!opened) return
    try {
      if (tab.value === 'yaml' && !opened.builtIn) await yaml.load(opened.name)
      else if (!opened.problem) await form.load(opened.name, opened.builtIn)
    } catch (error) {
      problem.value = toProblem(error)
    }
  }

  /** Opens a profile; one whose file is broken opens as text. */
  async function open(name: string): Promise<void> {
    chosen.value = name
    form.close()
    yaml.close()
    if (summary.value?.problem) tab.value = 'yaml'
    await load()
  }

  function discard(): void {
    form.discard()
    yaml.discard()
  }

  return { form, yaml, chosen, tab, problem, summary, load, open, discard }
}

/** Holds what was about to happen until somebody said what becomes of the changes. */
function useLeaving(isDirty: () => boolean) {
  const leaving = shallowRef<() => unknown>()

  function leave(then: () => unknown): void {
    if (isDirty()) leaving.value = then
    else void then()
  }

  function answerLeaving(goes: boolean): void {
    const then = leaving.value
    leaving.value = undefined
    if (goes) void then?.()
  }

  return { leaving, leave, answerLeaving }
}
