import type { Commands, RunSummary } from '../../contract/commands.ts'
import type { RunEvent } from '../../contract/events.ts'
import { problemOf } from '../../contract/problem.ts'
import type { Profile, ProfileSummary } from '../../contract/profile.ts'
import { isSecretReference } from '../../contract/profile.ts'
import { runOf } from '../../contract/run.ts'
import { FakeProblemError } from './fake-problem-error.ts'

const playground: Profile = {
  name: 'playground',
  title: 'Playground',
  builtIn: true,
  values: {
    issuer: 'http://127.0.0.1:7420',
    client_id: 'public',
    scope: 'openid offline_access',
    redirect_uri: 'http://127.0.0.1:0/callback',
    user: 'alice',
  },
  users: [
    { username: 'alice', title: 'Alice' },
    { username: 'bob', title: 'Bob' },
  ],
}

type Handlers = {
  [K in keyof Commands]: (parameters: Commands[K]['parameters']) => Commands[K]['result']
}

/** The commands of a fake engine: profiles and secrets in memory. */
export function createFakeCommands(more: Profile[] = [], runs: () => [string, RunEvent[]][] = () => []) {
  const profiles = new Map([playground, ...more].map((profile) => [profile.name, profile]))
  const secrets = new Map<string, string>()
  const summaryOf = (profile: Profile): ProfileSummary => ({
    name: profile.name,
    title: profile.title,
    issuer: String(profile.values.issuer ?? ''),
    builtIn: profile.builtIn ?? false,
    missingSecrets: Object.values(profile.values).flatMap((value) =>
      isSecretReference(value) && !secrets.has(value.secret) ? [value.secret] : [],
    ),
  })
  const handlers: Handlers = {
    'profiles list': () => [...profiles.values()].map(summaryOf),
    'profiles show': ({ name }) => {
      const profile = profiles.get(name)
      if (!profile) throw new FakeProblemError(problemOf('profile-not-found', `There is no profile ${name}.`))
      return profile
    },
    'profiles save': ({ name, title = name, values, replace }) => {
      if (profiles.has(name) && !replace) {
        throw new FakeProblemError(problemOf('profile-exists', `There is a profile ${name} already.`))
      }
      const profile = { name, title, values }
      profiles.set(name, profile)
      return profile
    },
    'profiles delete': ({ name }) => ({ deleted: profiles.delete(name) ? name : '' }),
    'profiles read-address': ({ address }) => readAddress(address),
    'secret set': ({ name, value }) => {
      secrets.set(name, value)
      return { name }
    },
    'secret list': () => [...secrets.keys()].map((name) => ({ name, from: 'memory' })),
    'secret rm': ({ name }) => ({ removed: secrets.delete(name) }),
    'history list': () => runs().map(([runId, events]) => summaryOfRun(runId, events)),
    'tokens list': () => [],
    'playground start': () => ({ issuer: String(playground.values.issuer), clients: [], users: playground.users! }),
    'workspace show': () => ({ folder: 'workspace', dataFolder: 'data' }),
  }
  return async <K extends keyof Commands>(id: K, parameters: Commands[K]['parameters']) => handlers[id](parameters)
}

function readAddress(address: string): Commands['profiles read-address']['result'] {
  if (!URL.canParse(address)) {
    throw new FakeProblemError(problemOf('parameter-invalid', `"${address}" is no address. It starts with https://.`))
  }
  const url = new URL(address)
  if (!url.searchParams.has('client_id')) return { values: { issuer: address }, read: 'Read as an issuer.' }
  const values = Object.fromEntries(
    ['client_id', 'redirect_uri', 'scope'].flatMap((name) => {
      const value = url.searchParams.get(name)
      return value === null ? [] : [[name, value]]
    }),
  )
  return { values: { ...values, issuer: url.origin }, read: 'Read as a sign-in address.' }
}

function summaryOfRun(runId: string, events: RunEvent[]): RunSummary {
  const { number, operation, title, profile, startedAt, outcome } = runOf(runId, events)
  return { runId, number, operation, title, profile, startedAt, outcome }
}
