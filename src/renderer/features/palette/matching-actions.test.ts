import { expect, it } from 'vitest'
import { matchingActions, type PaletteAction } from './matching-actions.ts'

const action = (group: string, title: string): PaletteAction => ({ id: title, group, title, act: () => {} })
const actions = [
  action('Request', 'POST /token'),
  action('Run', 'Client credentials'),
  action('Copy', 'access token'),
  action('Run', 'Token exchange'),
]
const found = (query: string) => matchingActions(actions, query).map((one) => one.title)

it('finds every word anywhere, and puts first what begins with the query', () => {
  expect(found('token')).toEqual(['Token exchange', 'POST /token', 'access token'])
  expect(found('run cred')).toEqual(['Client credentials'])
  expect(found('nothing')).toEqual([])
})

it('keeps the order of all when nothing is asked', () => {
  expect(found(' ')).toEqual(actions.map((one) => one.title))
})
