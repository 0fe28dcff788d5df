import { computed, onScopeDispose, ref, shallowRef, type ShallowRef } from 'vue'
import type { Commands } from '../../../contract/commands.ts'
import type { Problem } from '../../../contract/problem.ts'
import type { ProfileSource } from '../../../contract/profile.ts'
import { toProblem } from '../../stores/problem-of.ts'
import { useProfileFiles } from '../../stores/profile-files.ts'

/** Somebody who types is asked nothing; what they typed is checked when they rest. */
const restMs = 250
/** A text longer than this is not checked while typing; saving says what is wrong with it. */
const mostChecked = 256 * 1024

/** A profile's file as text, with what is wrong in it. */
export function useYamlEditor() {
  const files = useProfileFiles()
  const source = shallowRef<ProfileSource>()
  const text = ref('')
  const isDirty = computed(() => source.value !== undefined && text.value !== source.value.text)
  const { diagnostics, checkSoon, checkNow } = useDiagnostics()
  const writing = useWriting(diagnostics)

  async function load(name: string): Promise<void> {
    source.value = await files.source(name)
    discard()
  }

  /** Lets go of the file. */
  function close(): void {
    source.value = undefined
    diagnostics.value = []
    discard()
  }

  function discard(): void {
    text.value = source.value?.text ?? ''
    writing.forget()
    if (source.value) checkNow(source.value.name, text.value)
  }

  function type(typed: string): void {
    text.value = typed
    if (source.value) checkSoon(source.value.name, typed)
  }

  /** Writes the text unless the file was changed by something else; true when it is written. */
  async function save(overwrites = false): Promise<boolean> {
    const opened = source.value
    if (!opened) return false
    const written = text.value
    const was = overwrites ? {} : { was: opened.text }
    if (!(await writing.write({ name: opened.name, text: written, ...was }))) return false
    source.value = { ...opened, text: written }
    return true
  }

  const { problem, conflict, isBusy } = writing
  return { source, text, problem, diagnostics, conflict, isBusy, isDirty, load, close, discard, type, save }
}

/** Writes files; what is wrong goes to the place where it can be mended. */
function useWriting(diagnostics: ShallowRef<readonly Problem[]>) {
  const files = useProfileFiles()
  const problem = shallowRef<Problem>()
  /** what stands in the file now, where it is not what was opened here */
  const conflict = shallowRef<ProfileSource>()
  const isBusy = ref(false)

  function forget(): void {
    problem.value = undefined
    conflict.value = undefined
  }

  async function write(parameters: Commands['profiles write']['parameters']): Promise<boolean> {
    isBusy.value = true
    forget()
    try {
      await files.write(parameters)
      return true
    } catch (error) {
      await take(toProblem(error), parameters.name)
      return false
    } finally {
      isBusy.value = false
    }
  }

  /** A place in the text stands with the others below it; everything else above the editor. */
  async function take(found: Problem, name: string): Promise<void> {
    if (found.code === 'file-changed') conflict.value = await files.source(name).catch(() => undefined)
    if (conflict.value) return
    if (found.place?.line !== undefined) diagnostics.value = [found]
    else problem.value = found
  }

  return { problem, conflict, isBusy, forget, write }
}

/** The engine's own diagnostics, one question at a time; an answer to an older text is dropped. */
function useDiagnostics() {
  const files = useProfileFiles()
  const diagnostics = shallowRef<readonly Problem[]>([])
  let timer: ReturnType<typeof setTimeout> | undefined
  let latest = 0
  onScopeDispose(() => clearTimeout(timer))

  function checkNow(name: string, text: string): void {
    clearTimeout(timer)
    const asked = ++latest
    if (text.length > mostChecked) return
    const answer = files.check(name, text).catch((error: unknown) => [toProblem(error)])
    void answer.then((problems) => asked === latest && (diagnostics.value = problems))
  }

  function checkSoon(name: string, text: string): void {
    clearTimeout(timer)
    timer = setTimeout(() => checkNow(name, text), restMs)
  }

  return { diagnostics, checkSoon, checkNow }
}
