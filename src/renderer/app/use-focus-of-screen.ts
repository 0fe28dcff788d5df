import { nextTick } from 'vue'

/** Takes the focus to the screen that a key asked for, as soon as it stands: nothing is left behind at the places. */
export function useFocusOfScreen() {
  let isWanted = false

  /** Call as a screen has been mounted. One that is still being loaded is none yet. */
  function onScreen(): void {
    const main = document.getElementById('main')
    if (!isWanted || !main) return
    isWanted = false
    const { activeElement } = document
    const isFree = activeElement === null || activeElement === document.body
    // A screen that has taken the focus to a part of itself keeps it there.
    if (isFree || activeElement.closest('nav')) main.focus({ preventScroll: true })
  }

  /** Call after the place has changed. */
  function focusScreen(): void {
    isWanted = true
    void nextTick(onScreen)
  }

  return { onScreen, focusScreen }
}
