import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'

/** The places of the window in the order of their keys, 1 to 8. */
export const placeList = ['run', 'discovery', 'tokens', 'bench', 'clients', 'history', 'profiles', 'settings'] as const

/** A place of the window: one screen. */
export type Place = (typeof placeList)[number]

/** Asks whether a place may be left; calls `leave` when a person says so, now or later. */
export type LeavingQuestion = (leave: () => void) => void

const storageKey = 'grantlab.place'

/** Which screen is shown; a reload comes back to it. */
export const usePlaces = defineStore('places', () => {
  const place = ref<Place>(storedPlace())
  /** what the place was asked for: a profile's name, a section of Settings */
  const argument = ref<string>()
  /** goes up with each `go`, so that a screen that is shown already sees that it was asked again */
  const visit = ref(0)
  const question = shallowRef<LeavingQuestion>()

  /** Shows a place; one with unsaved changes asks first. */
  function go(next: Place, asked?: string): void {
    if (question.value && next !== place.value) return question.value(() => arrive(next, asked))
    arrive(next, asked)
  }

  function arrive(next: Place, asked?: string): void {
    if (next !== place.value) question.value = undefined
    place.value = next
    argument.value = asked
    visit.value++
    globalThis.sessionStorage?.setItem(storageKey, next)
  }

  /** Has the place that is shown ask before it is left; undefined lets it go. */
  function askBeforeLeaving(ask: LeavingQuestion | undefined): void {
    question.value = ask
  }

  return { place, argument, visit, go, askBeforeLeaving }
})

function storedPlace(): Place {
  const stored = globalThis.sessionStorage?.getItem(storageKey)
  return placeList.find((place) => place === stored) ?? 'run'
}
