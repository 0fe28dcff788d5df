import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createFakeEngine } from '../dev/fake-engine.ts'
import { storesOver } from '../dev/stores-over.ts'
import { usePreferences } from './preferences.ts'

const stored = new Map<string, string>()

beforeEach(() => {
  stored.clear()
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => stored.get(name) ?? null,
    setItem: (name: string, value: string) => void stored.set(name, value),
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
})

const preferencesOfNewWindow = () => storesOver(createFakeEngine())(usePreferences)

it('finds again what was set', () => {
  preferencesOfNewWindow().theme = 'dark'
  expect(preferencesOfNewWindow().theme).toBe('dark')
})

it('leaves at its default what does not fit', () => {
  stored.set('grantlab.preferences', '{"formWidth":"wide","detailWidth":500,"other":1}')
  const preferences = preferencesOfNewWindow()
  expect([preferences.formWidth, preferences.detailWidth]).toEqual([292, 500])
  expect(preferences).not.toHaveProperty('other')
})

it('works where storage is broken', () => {
  stored.set('grantlab.preferences', '{')
  expect(preferencesOfNewWindow().profile).toBe('playground')
})
