import { onScopeDispose, readonly, ref } from 'vue'

/** What is done with what somebody pasted or dropped. */
export interface PasteAndDrop {
  take(text: string): void
  takeFiles(files: readonly File[]): void
  /** true while something floats above the window */
  isCovered(): boolean
}

const editable = 'input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable], [role=textbox]'
const isWithin = (target: EventTarget | null, selector: string) =>
  target instanceof HTMLElement && target.closest(selector) !== null
const carries = ({ dataTransfer }: DragEvent, ...kinds: string[]) =>
  kinds.some((kind) => dataTransfer?.types.includes(kind))

/** Takes what is pasted while no field has the focus, and files and texts that are dropped anywhere. */
export function usePasteAndDrop({ take, takeFiles, isCovered }: PasteAndDrop) {
  /** something that can be dropped is held over the window */
  const isOver = ref(false)
  const isOurs = (event: DragEvent) =>
    !isCovered() && (carries(event, 'Files') || (carries(event, 'text/plain') && !isWithin(event.target, editable)))

  function onPaste(event: ClipboardEvent) {
    const isElsewhere = isCovered() || isWithin(event.target, `${editable}, [role=dialog], [role=alertdialog]`)
    if (event.defaultPrevented || isElsewhere) return
    if (takeFrom(event.clipboardData)) event.preventDefault()
  }

  /** True when there was something: a file that also has a text, such as its name, is read as the file. */
  function takeFrom(data: DataTransfer | null): boolean {
    const files = [...(data?.files ?? [])]
    const text = data?.getData('text/plain') ?? ''
    if (files.length > 0) takeFiles(files)
    else if (text) take(text)
    return files.length > 0 || text !== ''
  }

  function onDragOver(event: DragEvent) {
    // A browser that opens a dropped file would leave the window.
    if (carries(event, 'Files')) event.preventDefault()
    isOver.value = isOurs(event)
    if (!isOver.value) return
    event.preventDefault()
    if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy'
  }

  function onLeave(event: DragEvent) {
    if (event.relatedTarget === null) isOver.value = false
  }

  function onDrop(event: DragEvent) {
    isOver.value = false
    if (carries(event, 'Files')) event.preventDefault()
    if (!isOurs(event)) return
    event.preventDefault()
    takeFrom(event.dataTransfer)
  }

  const listeners = { paste: onPaste, dragover: onDragOver, dragleave: onLeave, drop: onDrop }
  const entries = Object.entries(listeners) as [string, (event: Event) => void][]
  for (const [type, listener] of entries) addEventListener(type, listener)
  onScopeDispose(() => entries.forEach(([type, listener]) => removeEventListener(type, listener)))
  return { isOver: readonly(isOver) }
}
