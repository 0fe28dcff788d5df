import { onScopeDispose } from 'vue'

/** What the keys of the whole window do. */
export interface WindowKeys {
  palette(): void
  cancel(): void
  keys(): void
  back(): void
  /** true while something floats above the window and takes the keys itself */
  isCovered(): boolean
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null

/** Listens for the keys that work wherever the focus is, while the caller lives. */
export function useKeys(does: WindowKeys): void {
  const onKey = (event: KeyboardEvent) => {
    const act = actionOf(event, does)
    if (!act || event.defaultPrevented) return
    event.preventDefault()
    act()
  }
  addEventListener('keydown', onKey)
  onScopeDispose(() => removeEventListener('keydown', onKey))
}

function actionOf(event: KeyboardEvent, does: WindowKeys): (() => void) | undefined {
  if (event.altKey) return undefined
  if (event.ctrlKey || event.metaKey) {
    return { k: () => does.palette(), '.': () => does.cancel() }[event.key.toLowerCase()]
  }
  if (does.isCovered()) return undefined
  if (event.key === 'Escape') return () => does.back()
  return event.key === '?' && !isTyping(event.target) ? () => does.keys() : undefined
}
