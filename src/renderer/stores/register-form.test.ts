import { beforeEach, expect, it } from 'vitest'
import type { OperationDescription, ParameterDescription } from '../../contract/description.ts'
import type { EngineDescription } from '../../contract/engine.ts'
import type { Profile } from '../../contract/profile.ts'
import type { VendorDescription } from '../../contract/vendor.ts'
import { createFakeEngine, type FakeEngine } from '../dev/fake-engine.ts'
import { storesOver } from '../dev/stores-over.ts'
import { useEngineDescription } from './engine-description.ts'
import { useProfiles } from './profiles.ts'
import { useRegisterForm } from './register-form.ts'

const parameter = (name: string, more: Partial<ParameterDescription> = {}): ParameterDescription => ({
  name,
  title: name,
  type: 'text',
  hint: '',
  ...more,
})
const operation = (id: string, more: Partial<OperationDescription> = {}): OperationDescription => ({
  id,
  group: 'clients',
  title: id,
  summary: '',
  specification: [],
  steps: [],
  parameters: [parameter('issuer', { inProfile: true }), parameter('client_name')],
  ...more,
})
const vendor = (id: string, methods: VendorDescription['methods']): VendorDescription => ({
  id,
  title: id,
  summary: '',
  methods,
  filters: [],
})
const acme = { ...vendor('acme', ['listClients', 'createClient']), known: ['client_name', 'grant_types'] }
const profiles: Profile[] = [
  { name: 'plain', title: 'Plain', values: { issuer: 'https://plain.test' } },
  { name: 'acme', title: 'Acme', values: { issuer: 'https://acme.test', vendor: 'acme' } },
]

let engine: FakeEngine
let form: ReturnType<typeof useRegisterForm>
let choose: (name: string) => Promise<void>
beforeEach(async () => {
  engine = createFakeEngine({ profiles })
  const described = await engine.describe()
  const operations = [operation('register'), operation('clients create', { vendorMethod: 'createClient' })]
  engine.describe = async (): Promise<EngineDescription> => ({
    ...described,
    operations,
    vendors: [vendor('standard', ['createClient']), acme],
  })
  const using = storesOver(engine)
  await Promise.all([using(useEngineDescription).load(), using(useProfiles).load()])
  form = using(useRegisterForm)
  choose = using(useProfiles).choose
  await choose('plain')
})

it('starts from a kind of client; what was typed wins and stays with the next kind', () => {
  form.choosePreset('public-native')
  expect(form.draft.document).toMatchObject({ token_endpoint_auth_method: 'none', application_type: 'native' })
  form.setDocument({ ...form.draft.document, client_name: 'Mine', grant_types: ['authorization_code'] })
  form.choosePreset('machine')
  expect(form.draft.document).toEqual({
    redirect_uris: [],
    response_types: [],
    grant_types: ['authorization_code'],
    token_endpoint_auth_method: 'client_secret_basic',
    client_name: 'Mine',
  })
})

it('asks a management interface first, with what that one knows, and may register there all the same', async () => {
  expect(form.ways.map(({ id }) => id)).toEqual(['register'])
  await choose('acme')
  expect(form.ways.map(({ id }) => id)).toEqual(['clients create', 'register'])
  form.choosePreset('public-native')
  expect(form.draft.document).toEqual({ grant_types: ['authorization_code', 'refresh_token'] })
  form.setDocument({ ...form.draft.document, client_name: 'Mine' })
  form.chooseWay('register')
  expect(form.draft.document).toMatchObject({ application_type: 'native', client_name: 'Mine' })
})

it('keeps a draft for each profile', async () => {
  form.choosePreset('machine')
  await choose('acme')
  expect(form.draft.preset).toBeUndefined()
  await choose('plain')
  expect(form.draft.preset).toBe('machine')
  form.clear()
  expect(form.draft).toMatchObject({ preset: undefined, document: {} })
})

it('runs beside what is shown and remembers what was sent', async () => {
  form.setDocument({ client_name: 'Mine' })
  const sending = form.send('register', { client_name: 'Mine' })
  await Promise.resolve()
  expect(engine.calls.find(({ method }) => method === 'startRun')?.input).toEqual({
    operation: 'register',
    profile: 'plain',
    parameters: { client_name: 'Mine' },
  })
  engine.append('run-1', [{ type: 'run.finished', outcome: 'succeeded' }])
  await sending
  expect(form.draft.sent).toEqual({ client_name: 'Mine' })
  expect(form.run?.outcome).toBe('succeeded')
})
