import { createHash, randomBytes } from 'node:crypto'
import type { PlaygroundInfo } from '../playground-info.ts'
import { asPage, asRedirect, Person, type Page, type PageForm } from './person.ts'

/** The redirect URI of the tests; nothing listens there, the person stops before it. */
export const testRedirectUri = 'http://127.0.0.1:49152/any/path?kept=yes'

/** A token response, or the error in its place. */
interface TokenAnswer {
  status: number
  access_token: string
  refresh_token: string
  id_token: string
  scope: string
  expires_in: number
  error: string
  error_description: string
}

/** A code verifier with its S256 challenge. */
export function newPkce(): { verifier: string; challenge: string } {
  const verifier = randomBytes(32).toString('base64url')
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') }
}

/** An authorization request; a parameter given as undefined is left out. */
export function authorizationUrl(info: PlaygroundInfo, changes: Record<string, string | undefined> = {}): string {
  const parameters = {
    client_id: 'public',
    response_type: 'code',
    redirect_uri: testRedirectUri,
    scope: 'openid profile email offline_access api:read',
    state: 'the-state',
    nonce: 'the-nonce',
    ...changes,
  }
  const given = Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return `${info.issuer}/auth?${new URLSearchParams(given)}`
}

/** The form of a page that carries this decision. */
export function formFor(page: Page, decision: string): PageForm {
  const form = page.forms.find((candidate) => candidate.fields['decision'] === decision)
  if (!form) throw new Error(`The page has no form for ${decision}: ${page.html}`)
  return form
}

/** Opens an authorization request, signs in as alice and allows; answers where the browser is sent. */
export async function signIn(person: Person, url: string): Promise<URL> {
  const signInPage = asPage(await person.open(url))
  const fields = { username: 'alice', password: 'alice-password' }
  const consentPage = asPage(await person.send(formFor(signInPage, 'sign-in'), fields))
  return asRedirect(await person.send(formFor(consentPage, 'allow')))
}

/** Posts a form to an endpoint, as a client or as nobody. */
export async function post(
  info: PlaygroundInfo,
  path: string,
  { body, client }: { body: Record<string, string>; client?: string },
): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json' }
  const registered = info.clients.find(({ client_id }) => client_id === client)
  const form = new URLSearchParams(body)
  if (registered?.token_endpoint_auth_method === 'client_secret_basic') {
    const basic = Buffer.from(`${registered.client_id}:${registered.client_secret}`).toString('base64')
    headers['authorization'] = `Basic ${basic}`
  } else if (registered) {
    form.set('client_id', registered.client_id)
    if (registered.client_secret) form.set('client_secret', registered.client_secret)
  }
  return fetch(info.issuer + path, { method: 'POST', headers, body: form })
}

/** A token request with its answer. */
export async function requestToken(
  info: PlaygroundInfo,
  client: string,
  body: Record<string, string>,
): Promise<TokenAnswer> {
  const response = await post(info, '/token', { body, client })
  return { status: response.status, ...((await response.json()) as Omit<TokenAnswer, 'status'>) }
}

/** A whole code flow with PKCE as alice. */
export async function obtainTokens(
  info: PlaygroundInfo,
  options: { client?: string; scope?: string; resource?: string; person?: Person } = {},
): Promise<TokenAnswer> {
  const { client = 'public', scope, resource, person = new Person(info.issuer) } = options
  const { verifier, challenge } = newPkce()
  const asked = { client_id: client, code_challenge: challenge, code_challenge_method: 'S256', resource }
  const url = authorizationUrl(info, scope === undefined ? asked : { ...asked, scope })
  const redirect = await signIn(person, url)
  return redeem(info, { client, redirect, verifier })
}

/** Trades the code of a redirect for tokens. */
export function redeem(
  info: PlaygroundInfo,
  { client, redirect, verifier }: { client: string; redirect: URL; verifier?: string },
): Promise<TokenAnswer> {
  const body: Record<string, string> = {
    grant_type: 'authorization_code',
    code: redirect.searchParams.get('code') ?? '',
    redirect_uri: testRedirectUri,
  }
  if (verifier !== undefined) body['code_verifier'] = verifier
  return requestToken(info, client, body)
}

/** Calls an address with a Bearer token. */
export function callWith(token: string, url: string, init: RequestInit = {}): Promise<Response> {
  return fetch(url, { ...init, headers: { accept: 'application/json', authorization: `Bearer ${token}` } })
}
