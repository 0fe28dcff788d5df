import { onScopeDispose } from 'vue'
import { placeList, type Place } from '../stores/places.ts'

/** What the keys of the whole window do. */
export interface WindowKeys {
  palette(): void
  cancel(): void
  keys(): void
  back(): void
  go(place: Place): void
  /** true while something floats above the window and takes the keys itself */
  isCovered(): boolean
}

const isWithin = (target: EventTarget | null, selector: string) =>
  target instanceof HTMLElement && target.closest(selector) !== null
const isTyping = (target: EventTarget | null) =>
  isWithin(target, 'input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable], [role=textbox]')
/** Dialogs and menus take the keys themselves, also those that no store knows. */
const isFloating = (target: EventTarget | null) => isWithin(target, '[role=dialog], [role=alertdialog], [role=menu]')

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
  if (does.isCovered() || isFloating(event.target)) return undefined
  if (event.key === 'Escape') return () => does.back()
  if (isTyping(event.target)) return undefined
  const place = placeList[Number(event.key) - 1]
  if (place) return () => does.go(place)
  return event.key === '?' ? () => does.keys() : undefined
}
