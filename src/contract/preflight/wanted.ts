import type { ParameterValues } from '../description.ts'

/** What a run is going to ask for, in words that can be compared with a registration. Holds no secret. */
export interface WantedOfClient {
  grantType?: string
  /** as it stands in the profile: port 0 is a free port */
  redirectUri?: string
  scopes: string[]
  /** `auto`, or a method of RFC 7591 §2 */
  clientAuth: string
  hasSecret: boolean
  /** `none`: without; absent: no authorization request */
  pkce?: string
  /** ISO time; absent: what ends is not looked at */
  at?: string
}

const grantTypes: Record<string, string> = {
  'authorization-code': 'authorization_code',
  'client-credentials': 'client_credentials',
  refresh: 'refresh_token',
}

/**
 * What the parameters of a run ask for, masked or in clear: of a secret only counts that there is one. A form can call it
 * before anything is sent.
 */
export function wantedOf(parameters: ParameterValues, operation: string, at?: string): WantedOfClient {
  const text = (name: string) => (typeof parameters[name] === 'string' ? parameters[name] : '')
  const grantType = grantTypes[operation]
  const isCode = grantType === 'authorization_code'
  return {
    ...(grantType ? { grantType } : {}),
    ...(isCode && text('redirect_uri') ? { redirectUri: text('redirect_uri') } : {}),
    ...(isCode ? { pkce: text('pkce') || 'S256' } : {}),
    scopes: [...new Set(text('scope').split(' '))].filter((scope) => scope !== ''),
    // Written otherwise, the same method.
    clientAuth: (text('client_auth') || 'auto').replace(/_raw$/, ''),
    hasSecret: Boolean(parameters.client_secret),
    ...(at ? { at } : {}),
  }
}
