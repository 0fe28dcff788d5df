import { expect, it } from 'vitest'
import { LearnedValues } from './learned-values.ts'

const secret = 's3cr3t/+=&?"<\'>%é value'

it.each([
  [secret, 'another-s3cret+/value'],
  // Without a run of letters a value is looked for in another way.
  ['!"§$%&/()=?', secret],
  [secret, '!"§$%&/()=?'],
])('finds base64 of each value, whichever became known first: %j, %j', (first, second) => {
  const values = new LearnedValues()
  values.learn(first, 'secret')
  values.learn(second, 'secret')
  const text = [second, first].map((value) => `<${Buffer.from(value).toString('base64')}>`).join(' ')
  expect(new Set(values.find(text).map(({ clear }) => clear))).toEqual(new Set([first, second]))
})
