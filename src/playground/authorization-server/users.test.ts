import { expect, it } from 'vitest'
import { usersShownTo } from './users.ts'

it('names the passwords to a browser that a person sits at, and to no program that records', () => {
  expect(usersShownTo({ 'sec-fetch-mode': 'navigate' }).map(({ username }) => username)).toEqual(['alice', 'bob'])
  expect(usersShownTo({ 'sec-fetch-mode': 'cors' })).toEqual([])
  expect(usersShownTo({})).toEqual([])
})
