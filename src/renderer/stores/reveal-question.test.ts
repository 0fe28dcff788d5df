import { expect, it } from 'vitest'
import type { ProfileSummary } from '../../contract/profile.ts'
import { createFakeEngine } from '../dev/fake-engine.ts'
import { storesOver } from '../dev/stores-over.ts'
import { useRevealQuestion } from './reveal-question.ts'

const staging: ProfileSummary = {
  name: 'staging',
  title: 'Staging',
  issuer: '',
  builtIn: false,
  production: false,
  missingSecrets: [],
}
const live: ProfileSummary = { ...staging, name: 'live', production: true }
const newQuestion = () => storesOver(createFakeEngine())(useRevealQuestion)

it('asks about a production profile, once', async () => {
  const question = newQuestion()
  const first = question.mayShow(live)
  expect(question.asked).toEqual(live)
  question.answer(true)
  expect(await first).toBe(true)
  expect(question.asked).toBeUndefined()
  expect(await question.mayShow(live)).toBe(true)
})

it('asks again after a no, and lets a new question take the place of an open one', async () => {
  const question = newQuestion()
  const first = question.mayShow(live)
  const second = question.mayShow({ ...live, name: 'other' })
  expect(await first).toBe(false)
  question.answer(false)
  expect(await second).toBe(false)
  void question.mayShow(live)
  expect(question.asked).toEqual(live)
})

it('asks nothing about any other profile', async () => {
  const question = newQuestion()
  expect([await question.mayShow(staging), await question.mayShow(undefined)]).toEqual([true, true])
})
