import type { Commands } from '../../contract/commands.ts'
import { problemOf, type Problem, type ProblemCode } from '../../contract/problem.ts'
import { isSecretReference, type Profile, type ProfileSummary } from '../../contract/profile.ts'
import { FakeProblemError } from './fake-problem-error.ts'

/** The built-in profile as the harness shows it. */
export const fakePlayground: Profile = {
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

/** A file of the fake workspace: a profile and its text, or a broken text with its problem. */
interface FakeFile {
  text: string
  profile?: Profile
  problem?: Problem
}

const textOf = ({ title, values, production, users }: Omit<Profile, 'name'>): string =>
  [
    'version: 1',
    `title: ${title}`,
    ...(production ? ['production: true'] : []),
    ...Object.entries(values).map(([name, value]) => `${name}: ${JSON.stringify(value)}`),
    ...(users?.length ? [`users: ${JSON.stringify(users)}`] : []),
    '',
  ].join('\n')

function refuse(code: ProblemCode, detail: string): never {
  throw new FakeProblemError(problemOf(code, detail))
}

/** What is wrong with a text, as far as the fake reads it: each line is `name: value`. */
export function fakeProblemsOf(text: string): Problem[] {
  return text.split('\n').flatMap((line, index) => {
    const isFine = line === '' || /^\s*(#|-)|^\s*[\w-]+:/.test(line)
    const place = { line: index + 1, column: 1, pointer: '' }
    return isFine ? [] : [problemOf('file-invalid', `Line ${index + 1} is no "name: value".`, { place })]
  })
}

function profileOfText(name: string, text: string): Profile {
  const pairs = text.split('\n').flatMap((line) => {
    const [, key, value] = /^([\w-]+): ?(.*)$/.exec(line) ?? []
    return key === undefined || value === undefined ? [] : [[key, value] as const]
  })
  const { version: _version, title = name, production, users: _users, ...values } = Object.fromEntries(pairs)
  return { name, title, values, ...(production === 'true' ? { production: true } : {}) }
}

/** The files of the fake workspace. */
type FakeFiles = Map<string, FakeFile>

/** Profiles and secrets of the fake engine, in memory. */
export function createFakeProfiles(more: readonly Profile[], broken: Readonly<Record<string, string>> = {}) {
  const files: FakeFiles = new Map(more.map((profile) => [profile.name, { profile, text: textOf(profile) }]))
  for (const [name, text] of Object.entries(broken)) files.set(name, { text, problem: fakeProblemsOf(text)[0]! })
  const secrets = new Map<string, string>()
  return { ...readers(files, secrets), ...writers(files), ...secretCommands(files, secrets) }
}

const fileOf = (files: FakeFiles, name: string) =>
  files.get(name) ?? refuse('profile-not-found', `There is no profile ${name}.`)

function profileOf(files: FakeFiles, name: string): Profile {
  if (name === fakePlayground.name) return fakePlayground
  const { profile, problem } = fileOf(files, name)
  return profile ?? refuse('file-invalid', problem!.detail)
}

function summaryOf(name: string, { profile, problem }: Omit<FakeFile, 'text'>, known: ReadonlySet<string>) {
  const own: Profile = profile ?? { name, title: name, values: {} }
  return {
    name,
    title: own.title,
    issuer: String(own.values.issuer ?? ''),
    builtIn: own.builtIn ?? false,
    production: own.production ?? false,
    missingSecrets: secretsIn(own).filter((secret) => !known.has(secret)),
    ...(problem ? { problem } : {}),
  } satisfies ProfileSummary
}

function readers(files: FakeFiles, secrets: ReadonlyMap<string, string>) {
  return {
    'profiles list': () => {
      const all: [string, Omit<FakeFile, 'text'>][] = [[fakePlayground.name, { profile: fakePlayground }], ...files]
      return all.map(([name, file]) => summaryOf(name, file, new Set(secrets.keys())))
    },
    'profiles show': ({ name }: { name: string }) => profileOf(files, name),
    'profiles source': ({ name }: { name: string }) => {
      return { name, file: `/workspace/profiles/${name}.yaml`, text: fileOf(files, name).text }
    },
    'profiles check': ({ name, text }: { name: string; text?: string }) => {
      return { problems: fakeProblemsOf(text ?? fileOf(files, name).text) }
    },
    'profiles templates': () => [
      { id: 'telnyx', title: 'Telnyx', address: 'telnyx', values: { issuer: 'https://api.telnyx.com' } },
    ],
    'profiles read-address': ({ address }: { address: string }) => readAddress(address),
  }
}

function writers(files: FakeFiles) {
  const put = (profile: Profile, text = textOf(profile)) => {
    files.set(profile.name, { profile, text })
    return profile
  }
  const mustBeFree = (name: string) => {
    const isTaken = files.has(name) || name === fakePlayground.name
    if (isTaken) refuse('profile-exists', `There is a profile ${name} already.`)
  }
  const copy = (name: string, to: string) => {
    mustBeFree(to)
    return put({ ...profileOf(files, name), name: to, builtIn: false })
  }
  return {
    'profiles save': ({ replace, ...wanted }: Commands['profiles save']['parameters']) => {
      if (!replace) mustBeFree(wanted.name)
      const before = files.get(wanted.name)?.profile
      return put({ ...before, title: before?.title ?? wanted.name, ...wanted })
    },
    'profiles duplicate': ({ name, to }: { name: string; to: string }) => copy(name, to),
    'profiles rename': ({ name, to }: { name: string; to: string }) => {
      const moved = copy(name, to)
      files.delete(name)
      return moved
    },
    'profiles delete': ({ name }: { name: string }) => {
      const { text } = fileOf(files, name)
      files.delete(name)
      return { deleted: name, text }
    },
    'profiles write': ({ name, text, was }: Commands['profiles write']['parameters']) => {
      const stands = files.get(name)?.text ?? ''
      if (was !== undefined && was !== stands) refuse('file-changed', `${name}.yaml was changed.`)
      const [first] = fakeProblemsOf(text)
      if (first) throw new FakeProblemError(first)
      return put(profileOfText(name, text), text)
    },
    'profiles trust': ({ name }: { name: string }) => {
      const profile = profileOf(files, name)
      const file = `certificates/${name}.pem`
      put({ ...profile, values: { ...profile.values, ca_file: file } })
      return { file, fingerprint: 'AB:CD' }
    },
  }
}

function secretCommands(files: FakeFiles, secrets: Map<string, string>) {
  const all = () => [...files.values()].flatMap(({ profile }) => (profile ? [profile] : []))
  const usersOf = (secret: string) => all().flatMap((one) => (secretsIn(one).includes(secret) ? [one.name] : []))
  return {
    'secret set': ({ name, value }: { name: string; value: string }) => {
      secrets.set(name, value)
      return { name, origins: [] }
    },
    'secret list': () =>
      [...secrets.keys()].map((name) => ({ name, from: 'vault', usedBy: usersOf(name), origins: [] })),
    'secret rm': ({ name }: { name: string }) => ({ removed: secrets.delete(name) }),
    'secret missing': () => {
      const missing = [...new Set(all().flatMap(secretsIn))].filter((name) => !secrets.has(name))
      return missing.map((name) => ({ name, usedBy: usersOf(name) }))
    },
  }
}

function secretsIn({ values, users = [] }: Profile): string[] {
  const all = [...Object.values(values), ...users.map(({ password }) => password)]
  return [...new Set(all.flatMap((value) => (isSecretReference(value) ? [value.secret] : [])))]
}

function readAddress(address: string): Commands['profiles read-address']['result'] {
  if (!URL.canParse(address)) refuse('parameter-invalid', `"${address}" is no address. It starts with https://.`)
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
