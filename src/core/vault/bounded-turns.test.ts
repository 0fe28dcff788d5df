import { expect, test } from 'vitest'
import { createBoundedTurns } from './bounded-turns.ts'

test('a call that nobody answers is given up, and the next one waits for it before it asks', async () => {
  const inTurn = createBoundedTurns()
  const answer = Promise.withResolvers<string>()
  const asked: string[] = []
  const ask = (name: string, patienceMs: number) =>
    inTurn(patienceMs, async () => {
      asked.push(name)
      return name === 'hangs' ? answer.promise : name
    })
  await expect(ask('hangs', 5)).rejects.toMatchObject({ trouble: 'locked' })
  await expect(ask('waits in vain', 5)).rejects.toMatchObject({ trouble: 'locked' })
  const patient = ask('patient', 60_000)
  expect(asked).toEqual(['hangs'])
  answer.resolve('late')
  expect(await patient).toBe('patient')
  expect(asked).toEqual(['hangs', 'patient'])
})

test('a call that is refused holds up nobody', async () => {
  const inTurn = createBoundedTurns()
  await expect(inTurn(60_000, () => Promise.reject(new Error('refused')))).rejects.toThrow('refused')
  expect(await inTurn(60_000, async () => 'next')).toBe('next')
})
