import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createFakeEngine } from '../dev/fake-engine.ts'
import { storesOver } from '../dev/stores-over.ts'
import { usePlaces } from './places.ts'

const stored = new Map<string, string>()

beforeEach(() => {
  stored.clear()
  vi.stubGlobal('sessionStorage', {
    getItem: (name: string) => stored.get(name) ?? null,
    setItem: (name: string, value: string) => void stored.set(name, value),
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
})

const placesOfNewWindow = () => storesOver(createFakeEngine())(usePlaces)

it('comes back to the place of before a reload, and begins at Run when there is none', () => {
  expect(placesOfNewWindow().place).toBe('run')
  placesOfNewWindow().go('settings', 'network')
  expect(placesOfNewWindow().place).toBe('settings')
  stored.set('grantlab.place', 'nowhere')
  expect(placesOfNewWindow().place).toBe('run')
})

it('tells a place what it was asked for, each time', () => {
  const places = placesOfNewWindow()
  places.go('settings', 'network')
  const { visit } = places
  places.go('settings', 'network')
  expect([places.argument, places.visit]).toEqual(['network', visit + 1])
  places.go('history')
  expect(places.argument).toBeUndefined()
})

describe('a place with unsaved changes', () => {
  it('is left when the question is answered so, and asked only once', () => {
    const places = placesOfNewWindow()
    const ask = vi.fn()
    places.askBeforeLeaving(ask)
    places.go('history')
    expect(places.place).toBe('run')
    ask.mock.lastCall![0]()
    expect(places.place).toBe('history')
    places.go('tokens')
    expect(places.place).toBe('tokens')
    expect(ask).toHaveBeenCalledOnce()
  })

  it('is not asked about going to where one is', () => {
    const places = placesOfNewWindow()
    places.askBeforeLeaving(() => expect.unreachable())
    places.go('run', 'again')
    expect(places.argument).toBe('again')
  })
})
