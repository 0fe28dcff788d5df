import { expect, test } from 'vitest'
import { mergeSwitches, usualSwitches } from './switches.ts'

test('some are set, the rest stays, and what was there is not changed', () => {
  const set = mergeSwitches(usualSwitches, { create_status: 200 })
  expect(set).toEqual({ ...usualSwitches, create_status: 200 })
  expect(usualSwitches.create_status).toBe(201)
})

test.each([{ nothing: true }, { create_status: 202 }, { spec_errors: 'true' }, { plain_pkce: null }, ['x']])(
  '%j is refused by name',
  (given) => {
    const [name = ''] = Object.keys(given)
    expect(() => mergeSwitches(usualSwitches, given)).toThrow(`switch ${name}`)
  },
)
