import type { Telnyx } from 'telnyx'
import { newPkce, signIn } from '../../src/playground/testing/flows.ts'
import { Person } from '../../src/playground/testing/person.ts'
import type { EmulatorBench } from './telnyx-emulator.ts'

/** The redirect URI of the tests, at a port that is not registered; nothing listens there, the person stops before it. */
export const redirectUri = 'http://127.0.0.1:49152/cb?kept=yes'

/** What the app is allowed. */
export const appScopes = ['messaging.read', 'account_management.read']

/** An app that signs users in at the emulator, and a person who uses it. */
export interface EmulatorApp {
  /** Makes a client as the SDK does; changes go over its fields. */
  create(changes?: object): Promise<{ client_id: string; client_secret?: string | null }>
  /** An authorization request with its verifier; a parameter given as undefined is left out. */
  request(clientId: string, changes?: Record<string, string | undefined>): { url: string; verifier: string }
  person(): Person
  /** Trades the code of a redirect, without any key. */
  redeem(clientId: string, answer: { redirect: URL; verifier: string }): Promise<Telnyx.OAuthTokenResponse>
  /** The whole way as alice, who allows. */
  obtainTokens(clientId: string): Promise<Telnyx.OAuthTokenResponse>
  grantsOf(clientId: string): Promise<Telnyx.OAuthGrant[]>
}

/** The app over a running emulator. */
export function createEmulatorApp(bench: EmulatorBench): EmulatorApp {
  const person = () => new Person(bench.info.issuer)
  const request: EmulatorApp['request'] = (clientId, changes) => requestOf(bench, clientId, changes)
  const redeem: EmulatorApp['redeem'] = (client_id, { redirect, verifier }) =>
    bench.sdk({ apiKey: null as never }).oauth.token({
      grant_type: 'authorization_code',
      client_id,
      code: redirect.searchParams.get('code') ?? '',
      code_verifier: verifier,
      redirect_uri: redirectUri,
    })
  return {
    request,
    person,
    redeem,
    async create(changes) {
      const { data } = await bench.sdk().oauthClients.create({
        name: 'An <app>',
        allowed_scopes: appScopes,
        client_type: 'public',
        allowed_grant_types: ['authorization_code', 'refresh_token'],
        redirect_uris: ['http://127.0.0.1/cb?kept=yes'],
        ...changes,
      })
      return data!
    },
    async obtainTokens(clientId) {
      const { url, verifier } = request(clientId)
      return redeem(clientId, { redirect: await signIn(person(), url), verifier })
    },
    async grantsOf(clientId) {
      const { data } = await bench.sdk().oauthGrants.list({ 'page[size]': 100 })
      return data.filter((grant) => grant.client_id === clientId)
    },
  }
}

function requestOf({ info }: EmulatorBench, client_id: string, changes: Record<string, string | undefined> = {}) {
  const { verifier, challenge } = newPkce()
  const parameters = {
    client_id,
    redirect_uri: redirectUri,
    response_type: 'code',
    state: 'the-state',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...changes,
  }
  const given = Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return { url: `${info.base_url}/oauth/authorize?${new URLSearchParams(given)}`, verifier }
}
