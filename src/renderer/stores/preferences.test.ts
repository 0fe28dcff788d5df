import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { usePreferences } from './preferences.ts'

const stored = new Map<string, string>()

beforeEach(() => {
  stored.clear()
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => stored.get(name) ?? null,
    setItem: (name: string, value: string) => void stored.set(name, value),
  })
  setActivePinia(createPinia())
})
afterEach(() => {
  vi.unstubAllGlobals()
})

it('finds again what was set', () => {
  usePreferences().theme = 'dark'
  setActivePinia(createPinia())
  expect(usePreferences().theme).toBe('dark')
})

it('leaves at its default what does not fit', () => {
  stored.set('grantlab.preferences', '{"formWidth":"wide","detailWidth":500,"other":1}')
  const preferences = usePreferences()
  expect([preferences.formWidth, preferences.detailWidth]).toEqual([292, 500])
  expect(preferences).not.toHaveProperty('other')
})

it('works where storage is broken', () => {
  stored.set('grantlab.preferences', '{')
  expect(usePreferences().profile).toBe('playground')
})
