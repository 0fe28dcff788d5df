import { expect, it } from 'vitest'
import type { InspectedToken } from '../../contract/bench/inspection.ts'
import { createFakeEngine } from '../dev/fake-engine.ts'
import { storesOver } from '../dev/stores-over.ts'
import { useEngineDescription } from './engine-description.ts'
import { usePlaces } from './places.ts'
import { useProfiles } from './profiles.ts'
import { useRunForm } from './run-form.ts'
import { useTokenQuestions } from './token-questions.ts'

const acme = {
  name: 'acme',
  title: 'Acme',
  values: { issuer: 'https://as.acme.test', client_id: 'web' },
}
const token = (more: Partial<InspectedToken>): InspectedToken =>
  ({ fingerprint: 'f1', form: 'jws', use: 'access_token', ...more }) as InspectedToken

async function newWindow() {
  const engine = createFakeEngine({ profiles: [acme] })
  const using = storesOver(engine)
  await Promise.all([using(useEngineDescription).load(), using(useProfiles).load()])
  return { engine, questions: using(useTokenQuestions), form: using(useRunForm), places: using(usePlaces) }
}
const started = ({ engine }: Awaited<ReturnType<typeof newWindow>>) =>
  engine.calls.filter(({ method }) => method === 'startRun').map(({ input }) => input)

it('offers what the engine can do with such a token', async () => {
  const { questions } = await newWindow()
  const offered = (more: Partial<InspectedToken>) => questions.offeredFor(token(more)).map(({ id }) => id)
  expect(offered({})).toEqual(expect.arrayContaining(['userinfo', 'call']))
  expect(offered({ use: 'id_token' })).toEqual([])
  expect(offered({ form: 'malformed' })).toEqual([])
})

it('asks the server of the token at once, with the profile that is for it', async () => {
  const window = await newWindow()
  const asked = token({ claimsJson: { iss: 'https://as.acme.test' } })
  const userinfo = window.questions.offeredFor(asked).find(({ id }) => id === 'userinfo')!
  await window.questions.ask(asked, userinfo)
  expect(started(window)).toEqual([
    { operation: 'userinfo', profile: 'acme', parameters: { access_token: 'clear-value-of-f1' } },
  ])
})

it('sends a token of another server nowhere: the form opens with its issuer', async () => {
  const window = await newWindow()
  const asked = token({ claimsJson: { iss: 'https://elsewhere.test' } })
  const userinfo = window.questions.offeredFor(asked).find(({ id }) => id === 'userinfo')!
  await window.questions.ask(asked, userinfo)
  expect(started(window)).toEqual([])
  expect([window.places.place, window.form.values]).toEqual([
    'run',
    { access_token: 'clear-value-of-f1', issuer: 'https://elsewhere.test' },
  ])
})

it('runs nothing for a token that names nobody, and asks for what is missing first', async () => {
  const window = await newWindow()
  const opaque = token({ form: 'opaque' })
  const [userinfo, call] = ['userinfo', 'call'].map((wanted) =>
    window.questions.offeredFor(opaque).find(({ id }) => id === wanted)!,
  )
  await window.questions.ask(opaque, userinfo!)
  await window.questions.ask(token({ claimsJson: { iss: 'https://as.acme.test' } }), call!)
  expect(started(window)).toEqual([])
})
