import type { ParameterValues } from '../../../contract/description.ts'
import type { Json, JsonObject } from '../../../contract/json.ts'
import { withPreset } from '../../../contract/presets.ts'
import { problem } from '../../problems/problem-error.ts'
import { clientTypeOf } from '../client-type.ts'

/** Our parameters, by Telnyx's names for the members of a client. */
const parameterOfMember: Record<string, string> = {
  name: 'client_name',
  allowed_scopes: 'scope',
  allowed_grant_types: 'grant_types',
  client_type: 'client_type',
  redirect_uris: 'redirect_uris',
  require_pkce: 'require_pkce',
  logo_uri: 'logo_uri',
  tos_uri: 'tos_uri',
  policy_uri: 'policy_uri',
}

/** Query parameters that Telnyx names in an error, by their names here. */
const parameterOfQuery: Record<string, string> = {
  'page[number]': 'from_page',
  'page[size]': 'page_size',
  'filter[client_id]': 'client_id',
  'filter[client_type]': 'client_type',
  'filter[name]': 'client_name',
  'filter[name][contains]': 'client_name_contains',
  'filter[allowed_grant_types][contains]': 'grant_type',
  'filter[verified]': 'verified',
}

/** The parameter that a member or query parameter is given by; its own name for one that has none. */
export function parameterOf(member: string): string {
  const names = { ...parameterOfMember, ...parameterOfQuery }
  return Object.hasOwn(names, member) ? names[member]! : member
}

/** The query of a list: filters that are given, under Telnyx's names. */
export function filtersOf(parameters: ParameterValues): [string, string][] {
  return Object.entries(parameterOfQuery).flatMap(([name, parameter]): [string, string][] => {
    const value = name.startsWith('filter') ? parameters[parameter] : undefined
    return value === undefined ? [] : [[name, String(value)]]
  })
}

/** What Telnyx cannot do without when a client is made. */
const needed = ['client_name', 'scope', 'grant_types']

/**
 * The body that makes a client.
 * @throws ProblemError parameter-missing, and parameter-invalid where client type and authentication contradict each other
 */
export function creationBody(given: ParameterValues): JsonObject {
  const parameters = withPreset(given)
  const missing = needed.filter((name) => parameters[name] === undefined)
  if (missing.length > 0) {
    throw problem('parameter-missing', `Telnyx makes no client without ${missing.join(', ')}.`, {
      fields: missing.map((name) => ({ name, detail: 'Telnyx wants it.' })),
      whatToDo: [
        missing.includes('grant_types')
          ? 'Give what is missing; a preset (preset) gives the grant types.'
          : 'Give what is missing.',
      ],
    })
  }
  // Both names for one thing: what is given by hand takes the preset's place under the other name, too.
  const saysType = given.client_type !== undefined || given.token_endpoint_auth_method !== undefined
  return { ...bodyOf(parameters), client_type: clientTypeOf(saysType ? given : parameters) }
}

/** The body that changes a client: what is given and nothing else; its type stays what it is. */
export function changeBody(parameters: ParameterValues): JsonObject {
  const { client_type: _type, ...body } = bodyOf(parameters)
  return body
}

function bodyOf(parameters: ParameterValues): JsonObject {
  const given = Object.entries(parameterOfMember).flatMap(([member, parameter]): [string, Json][] => {
    const value = parameters[parameter]
    if (value === undefined) return []
    return [[member, member === 'allowed_scopes' ? wordsOf(String(value)) : value]]
  })
  return Object.fromEntries(given)
}

function wordsOf(words: string): string[] {
  return words.split(' ').filter((word) => word !== '')
}
