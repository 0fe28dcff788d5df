import { computed, ref, shallowRef } from 'vue'
import type { Json } from '../../../contract/json.ts'
import type { Problem } from '../../../contract/problem.ts'
import type { Profile, ProfileSource } from '../../../contract/profile.ts'
import { useEngineDescription } from '../../stores/engine-description.ts'
import { toProblem } from '../../stores/problem-of.ts'
import { useProfileFiles } from '../../stores/profile-files.ts'
import { useSecrets } from '../../stores/secrets.ts'
import { draftOf, fieldOf, isChanged, refusalsOf, secretsOf, type FormDraft } from './form-draft.ts'
import { profileParametersOf } from './parameter-groups.ts'

/** A profile in its form: what stands in the file, what somebody made of it, what is wrong with that. */
export function useFormEditor() {
  const files = useProfileFiles()
  const descriptions = useEngineDescription()
  const parameters = computed(() => profileParametersOf(descriptions.operations))
  const problems = useFieldProblems(() => parameters.value)
  const opened = useOpenedDraft(() => problems.clear())
  const { profile, source, draft, conflict } = opened

  /** Changes parts of the draft; what was wrong with them is said again when it is saved. */
  function change(part: Partial<FormDraft>): void {
    if (!draft.value) return
    draft.value = { ...draft.value, ...part }
    for (const field of Object.keys(part)) problems.clear(field)
  }

  function set(name: string, value: Json | undefined): void {
    const { [name]: _before, ...others } = draft.value?.values ?? {}
    change({ values: value === undefined ? others : { ...others, [name]: value } })
    problems.clear(name)
  }

  /** Writes the draft, then the secrets typed in it; true when all of it is done. */
  async function save(overwrites = false): Promise<boolean> {
    const [read, wanted] = [profile.value, draft.value]
    if (!read || !wanted || problems.refuse(refusalsOf(wanted))) return false
    return problems.attempt(async () => {
      const stands = await files.source(read.name)
      if (!overwrites && stands.text !== source.value?.text) {
        conflict.value = stands
        return false
      }
      await write(read.name, wanted)
      await opened.load(read.name, false)
      return true
    })
  }

  return { ...opened, ...problems, parameters, change, set, save }
}

/** The profile as it was read, and its draft; `onDiscard` is called when the draft is given up. */
function useOpenedDraft(onDiscard: () => void) {
  const files = useProfileFiles()
  const profile = shallowRef<Profile>()
  const source = shallowRef<ProfileSource>()
  const draft = shallowRef<FormDraft>()
  /** what stands in the file now, where it is not what was opened here */
  const conflict = shallowRef<ProfileSource>()
  const isDirty = computed(() => isDirtyOf(draft.value, profile.value))

  /** Opens a profile of a file, or the built-in one, which has none. */
  async function load(name: string, isBuiltIn: boolean): Promise<void> {
    const [shown, stands] = await Promise.all([files.show(name), isBuiltIn ? undefined : files.source(name)])
    profile.value = shown
    source.value = stands
    discard()
  }

  /** Lets go of the profile. */
  function close(): void {
    profile.value = undefined
    source.value = undefined
    discard()
  }

  function discard(): void {
    draft.value = profile.value && draftOf(profile.value)
    conflict.value = undefined
    onDiscard()
  }

  return { profile, source, draft, conflict, isDirty, load, close, discard }
}

function isDirtyOf(draft: FormDraft | undefined, profile: Profile | undefined): boolean {
  return draft !== undefined && profile !== undefined && isChanged(draft, profile)
}

/** Writes a draft into the file of a profile. A typed value whose secret is not referred to any more goes nowhere. */
async function write(name: string, { title, production, values, users, typed }: FormDraft): Promise<void> {
  const trimmed = users.map((user) => ({ ...user, username: user.username.trim() }))
  const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
  await useProfileFiles().save({ name, title: title.trim(), values: given, production, users: trimmed, replace: true })
  const named = secretsOf({ values, users })
  for (const [secret, value] of Object.entries(typed)) {
    if (named.has(secret) && value !== '') await useSecrets().save({ name: secret, value, profile: name })
  }
}

/** What is wrong, by field, and what is about none of them. */
function useFieldProblems(parameters: () => Parameters<typeof fieldOf>[1]) {
  const byField = shallowRef<Readonly<Record<string, string>>>({})
  const problem = shallowRef<Problem>()
  const isBusy = ref(false)

  function clear(name?: string): void {
    const solved = (field: string) => field === name || field.startsWith(`${name}/`)
    const left = Object.entries(byField.value).filter(([field]) => name !== undefined && !solved(field))
    byField.value = Object.fromEntries(left)
    problem.value = undefined
  }

  /** Shows what keeps the form from being saved; true when something does. */
  function refuse(refusals: Record<string, string>): boolean {
    byField.value = refusals
    return Object.keys(refusals).length > 0
  }

  async function attempt(work: () => Promise<boolean>): Promise<boolean> {
    isBusy.value = true
    clear()
    try {
      return await work()
    } catch (error) {
      const found = toProblem(error)
      const field = fieldOf(found, parameters())
      if (field === undefined) problem.value = found
      else byField.value = { [field]: found.detail }
      return false
    } finally {
      isBusy.value = false
    }
  }

  return { byField, problem, isBusy, clear, refuse, attempt }
}
