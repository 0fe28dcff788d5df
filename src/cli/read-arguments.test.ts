import { expect, test } from 'vitest'
import { problemIn } from '../contract/wire.ts'
import { readArguments, type Invocation } from './read-arguments.ts'
import { listSubjects } from './subjects.ts'

const subjects = listSubjects()
const environment = { ACME: 'hunter2hunter2', EMPTY: '' }

function read(...args: string[]): Extract<Invocation, { kind: 'run' }> {
  const invocation = readArguments(args, subjects, environment)
  if (invocation.kind !== 'run') throw new Error(`read as ${invocation.kind}`)
  return invocation
}

function problemOfReading(...args: string[]) {
  try {
    readArguments(args, subjects, environment)
  } catch (error) {
    return problemIn(error)
  }
  return undefined
}

test('every kind of parameter has its flag', () => {
  const ordinary = ['--issuer', 'https://as.test', '--client-id', 'web', '--agent=form', '--max-age', '0']
  const repeated = ['--scope', 'openid', '--scope', 'email profile', '--resource=https://a.test', '--resource=urn:b']
  const pairs = ['--authorization-parameters', 'a=1', '--authorization-parameters', 'b=x=y']
  const secret = ['--client-secret-env', 'ACME']
  const { subject, parameters } = read('authorization-code', ...ordinary, ...repeated, ...pairs, ...secret)
  expect(subject.id).toBe('authorization-code')
  expect(parameters).toEqual({
    issuer: 'https://as.test',
    client_id: 'web',
    agent: 'form',
    max_age: 0,
    scope: 'openid email profile',
    resource: ['https://a.test', 'urn:b'],
    authorization_parameters: [
      ['a', '1'],
      ['b', 'x=y'],
    ],
    client_secret: 'hunter2hunter2',
  })
})

test('what a person confirms and allows stands beside the parameters', () => {
  const { global, parameters } = read(
    'call',
    'https://api.test',
    '--confirm',
    'live',
    '--allow-secrets',
    '--no-verify-tls',
  )
  expect(global).toMatchObject({ confirm: 'live', allowSecrets: true })
  expect(parameters).toEqual({ url: 'https://api.test', verify_tls: false })
  expect(read('discover', 'https://a.test').global).toMatchObject({ confirm: undefined, allowSecrets: false })
  expect(problemOfReading('profiles', 'list', '--allow-secrets')?.code).toBe('parameter-unknown')
})

test('every operation and command is reached by its words, and a noun alone is its list', () => {
  for (const { id } of subjects.filter(({ kind }) => kind !== 'playground')) {
    expect(readArguments([...id.split(' '), '--help'], subjects, {})).toMatchObject({ kind: 'help', subject: { id } })
  }
  expect(read('profiles').subject.id).toBe('profiles list')
  expect(read('secret').subject.id).toBe('secret list')
  expect(read('playground', '--port', '0', '--print-secrets').parameters).toEqual({ port: 0, print_secrets: true })
  expect(read('playground', '--no-print-secrets').parameters).toEqual({ print_secrets: false })
})

test('positions, global flags before and after, and the short timeout', () => {
  expect(read('discover', 'https://as.test').parameters).toEqual({ issuer: 'https://as.test' })
  expect(read('discover', '--json', 'https://as.test', '--timeout', '5')).toMatchObject({
    global: { json: true },
    parameters: { issuer: 'https://as.test', timeout_seconds: 5 },
  })
  expect(read('--profile', 'acme', '--secret', 'a=ACME', 'client-credentials', '--secret=b=ACME')).toMatchObject({
    subject: { id: 'client-credentials' },
    global: { profile: 'acme', secrets: ['a=ACME', 'b=ACME'] },
  })
  expect(read('refresh', '--client-secret-name', 'acme_prod').parameters).toEqual({
    client_secret: { secret: 'acme_prod' },
  })
})

test('the values of a profile are flags of profiles save, secrets as references only', () => {
  const { parameters } = read(
    'profiles',
    'save',
    'acme',
    '--issuer',
    'https://as.test',
    '--client-secret-name',
    'acme_prod',
    '--authorization-parameters',
    'a=1',
    '--replace',
  )
  expect(parameters).toEqual({
    name: 'acme',
    replace: true,
    values: {
      issuer: 'https://as.test',
      client_secret: { secret: 'acme_prod' },
      authorization_parameters: [['a', '1']],
    },
  })
  expect(problemOfReading('profiles', 'save', 'acme', '--client-secret-env', 'ACME')).toMatchObject({
    code: 'parameter-unknown',
  })
})

test('help and version', () => {
  expect(readArguments([], subjects, {})).toEqual({ kind: 'help' })
  expect(readArguments(['-h'], subjects, {})).toEqual({ kind: 'help' })
  expect(readArguments(['--version'], subjects, {})).toEqual({ kind: 'version' })
  expect(readArguments(['help', 'discover'], subjects, {})).toMatchObject({ kind: 'help', subject: { id: 'discover' } })
  expect(readArguments(['discover', '--nonsense', '-h'], subjects, {})).toMatchObject({ subject: { id: 'discover' } })
})

test.each([
  [['discovr'], 'unknown-operation', 'Did you mean grantlab discover?'],
  [['profiles', 'lits'], 'unknown-operation', 'grantlab profiles --help'],
  [['discover', '--isuer', 'x'], 'parameter-unknown', 'Did you mean --issuer?'],
  [['--isuer', 'x'], 'parameter-unknown', 'grantlab --help lists all.'],
  [['discover', 'https://a.test', 'more'], 'parameter-unknown', 'grantlab discover --help'],
  [['client-credentials', '-x'], 'parameter-unknown', 'grantlab client-credentials --help lists all.'],
])('%j is a problem that helps', (args, code, advice) => {
  const problem = problemOfReading(...args)
  expect(problem?.code).toBe(code)
  expect(problem?.whatToDo).toContain(advice)
})

test.each([
  [['authorization-code', '--agent', 'robot'], '--agent must be one of system, form, consent, paste; it is robot.'],
  [['discover', '--timeout-seconds', 'soon'], '--timeout-seconds wants a whole number from 1 to 600; it is soon.'],
  [['discover', '--timeout', '0'], '--timeout wants a whole number from 1 to 600; it is 0.'],
  [['discover', '--timeout=1', '--timeout-seconds=2'], 'Answer timeout is given in two ways; --timeout is one.'],
  [['discover', '--issuer'], '--issuer wants a value: --issuer URL.'],
  [['discover', '--issuer', '--json'], '--issuer wants a value: --issuer URL.'],
  [['discover', '--json=yes'], '--json takes no value.'],
  [
    ['discover', 'https://a.test', '--issuer', 'https://b.test'],
    'Issuer is given twice: https://a.test and with --issuer.',
  ],
  [['discover', '--issuer=a', '--issuer=b'], '--issuer is given more than once.'],
  [['client-credentials', '--token-parameters', 'x'], '--token-parameters wants NAME=VALUE.'],
  [
    ['client-credentials', '--print', 'code'],
    '--print must be one of access_token, id_token, refresh_token, client_secret, registration_access_token.',
  ],
  [['client-credentials', '--print', 'id_token', '--json'], '--print and --json both want stdout.'],
])('%j names the flag and what would fit', (args, detail) => {
  expect(problemOfReading(...args)).toMatchObject({ code: 'parameter-invalid', detail })
})

test('flags that only operations take are unknown to commands', () => {
  expect(problemOfReading('profiles', 'list', '--print', 'id_token')?.code).toBe('parameter-unknown')
})

test('a secret on the command line is refused without being repeated', () => {
  for (const args of [
    ['client-credentials', '--client-secret', 'hunter2hunter2'],
    ['client-credentials', '--client-secret=hunter2hunter2'],
    ['client-credentials', '--client-secret-env', 'hunter2-hunter2'],
    ['secret', 'set', 'acme', '--value', 'hunter2hunter2'],
  ]) {
    const problem = problemOfReading(...args)
    expect(problem?.code).toBe('parameter-invalid')
    expect(JSON.stringify(problem)).not.toContain('hunter2')
  }
  expect(problemOfReading('client-credentials', '--client-secret', 'x')?.whatToDo?.[0]).toContain(
    '--client-secret-env VARIABLE',
  )
})

test('an environment variable that is missing or empty is named', () => {
  const detail = (name: string) => problemOfReading('client-credentials', '--client-secret-env', name)?.detail
  expect(detail('NOT_THERE')).toBe('The environment variable NOT_THERE, named by --client-secret-env, is not set.')
  expect(detail('EMPTY')).toContain('is empty')
})

const token = 'eyJhbGciOiJub25lIn0.e30.'

test('a text that is read from a file is named by a word or a flag, a secret also by a variable or its name', () => {
  const parametersOf = (...args: string[]) => read(...args).parameters
  for (const name of ['a.txt', '-']) expect(parametersOf('token', 'verify', name)).toEqual({ token: { file: name } })
  expect(parametersOf('token', 'verify', '--token-file', 'a.txt')).toEqual({ token: { file: 'a.txt' } })
  expect(parametersOf('token', 'verify', '--token-env', 'ACME')).toEqual({ token: 'hunter2hunter2' })
  expect(parametersOf('token', 'verify', '--token-name', 'kept')).toEqual({ token: { secret: 'kept' } })
  expect(parametersOf('capsule', 'open', 'a.html')).toEqual({ text: { file: 'a.html' } })
})

test.each([
  ['as a flag', ['token', 'verify', '--token', token]],
  ['beside a file', ['token', 'verify', 'a.txt', token]],
  ['behind its scheme', ['token', 'inspect', 'Bearer', token]],
  ['beside a variable', ['token', 'verify', token, '--token-env', 'ACME']],
])('a token that stands in the command line %s is refused and not repeated', (_what, args) => {
  const found = problemOfReading(...args)
  expect(found?.code).toMatch(/^parameter-/)
  expect(JSON.stringify(found)).not.toContain('eyJ')
})

test('an id that begins with a dash is an id', () => {
  const ids = ['-hZ3kQ9_a', 'plain', '-_-4fGh7', '-x1']
  expect(read('clients', 'delete', ...ids, '--json').parameters).toEqual({ client_ids: ids })
  expect(read('clients', 'get', '-hZ3kQ9_a').parameters).toEqual({ client_id: '-hZ3kQ9_a' })
  expect(readArguments(['clients', 'delete', '-h'], subjects, environment).kind).toBe('help')
  expect(problemOfReading('clients', 'delete', '-f')?.code).toBe('parameter-unknown')
})
