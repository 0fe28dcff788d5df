import type { ParameterValues } from './description.ts'

/** A usual kind of client, in the words of RFC 7591 §2. */
export interface ClientPreset {
  id: string
  title: string
  summary: string
  values: ParameterValues
}

const withCode = { grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'] }
const withoutRedirect = { redirect_uris: [], response_types: [] }

/** The usual kinds of client, in the order they are offered. */
export const clientPresets: readonly ClientPreset[] = [
  {
    id: 'public-native',
    title: 'Public native application',
    summary: 'An application on a desk or a phone: no secret, PKCE, a redirect to this machine.',
    values: {
      ...withCode,
      token_endpoint_auth_method: 'none',
      application_type: 'native',
      redirect_uris: ['http://127.0.0.1/callback'],
    },
  },
  {
    id: 'public-browser',
    title: 'Public browser application',
    summary: 'A page that asks for its tokens by itself: no secret, PKCE, its own address as redirect URI.',
    values: { ...withCode, token_endpoint_auth_method: 'none', application_type: 'web' },
  },
  {
    id: 'confidential-web',
    title: 'Confidential web application',
    summary: 'A server that keeps a secret and signs people in.',
    values: { ...withCode, token_endpoint_auth_method: 'client_secret_basic', application_type: 'web' },
  },
  {
    id: 'machine',
    title: 'Machine',
    summary: 'A program that acts for itself, without a user.',
    values: {
      ...withoutRedirect,
      grant_types: ['client_credentials'],
      token_endpoint_auth_method: 'client_secret_basic',
    },
  },
  {
    id: 'device',
    title: 'Device',
    summary: 'Something without a browser: the user signs in elsewhere, with a code.',
    values: {
      ...withoutRedirect,
      grant_types: ['urn:ietf:params:oauth:grant-type:device_code', 'refresh_token'],
      token_endpoint_auth_method: 'none',
      application_type: 'native',
    },
  },
]

/** The values of a preset; none for an id that is not known. */
export function presetValues(id: string): ParameterValues {
  return { ...clientPresets.find((preset) => preset.id === id)?.values }
}

/** The values of the preset that these name, under what is given by hand, which wins. */
export function withPreset(parameters: ParameterValues): ParameterValues {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined)
  return { ...presetValues(String(parameters.preset ?? '')), ...Object.fromEntries(given) }
}
