import type { ParameterDescription, ParameterValues } from '../../../contract/description.ts'
import type { Problem } from '../../../contract/problem.ts'
import { isSecretReference, type Profile, type TestUser } from '../../../contract/profile.ts'

/** A profile as its form holds it while somebody changes it. */
export interface FormDraft {
  title: string
  production: boolean
  values: ParameterValues
  users: TestUser[]
  /** values typed for secrets, by the name of the secret; never written into the file */
  typed: Record<string, string>
}

/** The draft of a profile as it stands. */
export function draftOf({ title, production = false, values, users = [] }: Profile): FormDraft {
  return structuredClone({ title, production, values, users, typed: {} })
}

/** Whether anything differs from the profile as it stands. */
export function isChanged(draft: FormDraft, profile: Profile): boolean {
  return textOf(draft) !== textOf(draftOf(profile))
}

/** A draft as text, whatever the order of its names. */
function textOf({ title, production, values, users, typed }: FormDraft): string {
  const set = sorted(Object.entries(values).filter(([, value]) => value !== undefined))
  const given = sorted(Object.entries(typed).filter(([, value]) => value !== ''))
  return JSON.stringify([title, production, set, users, given])
}

const sorted = <T>(entries: [string, T][]) => entries.toSorted(([one], [other]) => (one < other ? -1 : 1))

/** The names of the secrets that a draft refers to. */
export function secretsOf({ values, users }: Pick<FormDraft, 'values' | 'users'>): Set<string> {
  const all = [...Object.values(values), ...users.map(({ password }) => password)]
  return new Set(all.flatMap((value) => (isSecretReference(value) ? [value.secret] : [])))
}

/** Why a draft cannot be saved yet, by the field; the engine says the rest. */
export function refusalsOf({ users }: FormDraft): Record<string, string> {
  const names = users.map(({ username }) => username.trim())
  return Object.fromEntries(
    names.flatMap((name, index) => {
      if (name === '') return [[`users/${index}`, 'A test user needs a user name.']]
      return names.indexOf(name) < index ? [[`users/${index}`, `${name} stands here twice.`]] : []
    }),
  )
}

/**
 * The field that a problem is about: by its pointer, else by a name in parentheses, as the engine's texts have it;
 * undefined when it is about none.
 */
export function fieldOf({ place, detail }: Problem, parameters: readonly ParameterDescription[]): string | undefined {
  const isKnown = (name: string | undefined) =>
    name !== undefined &&
    (['title', 'production'].includes(name) || /^users\/\d+$/.test(name) || parameters.some((one) => one.name === name))
  const parts = (place?.pointer ?? '').split('/').filter((part) => part !== '' && part !== 'values')
  const pointed = parts[0] === 'users' ? parts.slice(0, 2).join('/') : parts[0]
  if (isKnown(pointed)) return pointed
  return parameters.find(({ name }) => detail.includes(`(${name})`))?.name
}
