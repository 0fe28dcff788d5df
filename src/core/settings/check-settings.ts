import { isAbsolute } from 'node:path'
import type { ParameterValues } from '../../contract/description.ts'
import type { Json, JsonObject } from '../../contract/json.ts'
import type { Problem, ProblemPlace } from '../../contract/problem.ts'
import { type Settings, usualSettings } from '../../contract/settings.ts'
import { ProblemError, problem } from '../problems/problem-error.ts'
import { checkParameters } from '../runs/check-parameters.ts'
import { settingDescriptions } from './setting-descriptions.ts'

const longestText = 4096

/**
 * Values that are to be saved, checked; only those that were given.
 * @throws ProblemError parameter-unknown, parameter-invalid
 */
export function checkSettings(values: ParameterValues): Partial<Settings> {
  const given = Object.entries(values).filter(([, value]) => value !== undefined)
  const named = new Set(given.map(([name]) => name))
  // Every name is checked, also those that an object's prototype has.
  const checked = checkParameters(settingDescriptions, Object.fromEntries(given))
  for (const name of ['proxy', 'ca_file'] as const) if (named.has(name)) checkText(name, checked[name])
  return Object.fromEntries(Object.entries(checked).filter(([name]) => named.has(name)))
}

/** The settings a file holds. What does not fit counts as its usual value, and the first of these is told. */
export function settingsIn(content: JsonObject, file: string): { settings: Settings; problem?: Problem } {
  const settings = { ...usualSettings }
  let first: Problem | undefined
  for (const { name } of settingDescriptions) {
    if (!Object.hasOwn(content, name)) continue
    try {
      Object.assign(settings, checkSettings({ [name]: content[name] }))
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      first ??= inFile(error.problem, { file, pointer: `/${name}` })
    }
  }
  return { settings, ...(first ? { problem: first } : {}) }
}

function inFile({ detail }: Problem, place: ProblemPlace): Problem {
  return problem('file-invalid', `${place.file}: ${detail} The usual value counts meanwhile.`, { place }).problem
}

function checkText(name: 'proxy' | 'ca_file', value: Json | undefined): void {
  const text = String(value ?? '')
  const refusal = text.length > longestText || /\p{Cc}/u.test(text) ? 'It is one line of text.' : refusals[name](text)
  // SECURITY: the text is not quoted: an address may hold a password.
  if (text !== '' && refusal) throw problem('parameter-invalid', `${name}: ${refusal}`, adviceFor(name))
}

const refusals = {
  proxy: refusalOfProxy,
  ca_file: (text: string) => (isAbsolute(text) ? undefined : 'It wants the whole path of a file.'),
}

function refusalOfProxy(text: string): string | undefined {
  if (!URL.canParse(text)) return 'It wants an address such as http://proxy.example:3128.'
  const { protocol, username, password, pathname, search, hash } = new URL(text)
  if (protocol !== 'http:' && protocol !== 'https:') return 'The address of a proxy begins with http:// or https://.'
  // SECURITY: this file is readable text; a password in it would lie there in clear.
  if (username || password) return 'User name and password of a proxy do not stand here.'
  return pathname !== '/' || search || hash ? 'The address of a proxy ends with its port.' : undefined
}

function adviceFor(name: 'proxy' | 'ca_file') {
  if (name === 'ca_file') return {}
  return { whatToDo: ['Set proxy_user and proxy_password in the profile; the password only names a secret.'] }
}
