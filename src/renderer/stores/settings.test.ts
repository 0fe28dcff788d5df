import { expect, it } from 'vitest'
import { usualSettings } from '../../contract/settings.ts'
import { createFakeEngine } from '../dev/fake-engine.ts'
import { storesOver } from '../dev/stores-over.ts'
import { usePreferences } from './preferences.ts'
import { toProblem } from './problem-of.ts'
import { useSettings } from './settings.ts'

function windowOver(engine = createFakeEngine()) {
  const using = storesOver(engine)
  return { engine, settings: using(useSettings), preferences: using(usePreferences) }
}

it('has the usual values until they are read', () => {
  expect(windowOver().settings.values).toEqual(usualSettings)
})

it('shows a theme at once, keeps it, and another window takes it over', async () => {
  const { engine, settings, preferences } = windowOver()
  const kept = settings.chooseTheme('dark')
  expect(preferences.theme).toBe('dark')
  await kept
  const other = windowOver(engine)
  await other.settings.load()
  expect(other.preferences.theme).toBe('dark')
})

it('shows a theme that cannot be kept, and says so', async () => {
  const { engine, settings, preferences } = windowOver()
  engine.runCommand = () => Promise.reject(new Error('disk full'))
  await settings.chooseTheme('light')
  expect(preferences.theme).toBe('light')
  expect(settings.problem?.detail).toBe('disk full')
})

it('leaves everything as it was when a value does not fit', async () => {
  const { settings } = windowOver()
  await settings.save({ history_days: 7 })
  const problem = await settings.save({ proxy: 'nonsense' }).catch(toProblem)
  expect(problem).toMatchObject({ code: 'parameter-invalid' })
  expect(settings.values).toMatchObject({ history_days: 7, proxy: '' })
  expect(settings.problem).toBeUndefined()
})
