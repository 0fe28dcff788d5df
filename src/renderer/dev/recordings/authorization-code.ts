import type { RunEvent } from '../../../contract/events.ts'
import { maskOf } from '../../../contract/mask.ts'
import {
  accessToken,
  acme,
  code,
  credentials,
  idToken,
  metadataOf,
  otherState,
  playground,
  refreshToken,
  state,
  tokensOf,
  verifier,
  type Server,
} from './server.ts'
import { Tape, type Recording } from './tape.ts'

const plan = [
  { id: 'discover', title: 'Discover' },
  { id: 'prepare', title: 'PKCE, state, nonce' },
  { id: 'authorize', title: 'Authorize' },
  { id: 'token-request', title: 'Token request' },
  { id: 'validate', title: 'Validate' },
]

/** Starts a run and discovers. */
export function discovered(recording: Recording, server: Server, agent: string): Tape {
  const metadata = metadataOf(server.issuer)
  return new Tape(recording)
    .start({
      operation: 'authorization-code',
      title: 'Authorization code + PKCE',
      profile: server.profile,
      parameters: {
        issuer: server.issuer,
        client_id: server.tls ? 'confidential' : 'public',
        scope: 'openid offline_access',
        agent,
      },
      plan,
    })
    .begin('discover', 'Discover')
    .exchange({
      id: '1',
      step: 'discover',
      purpose: 'metadata',
      method: 'GET',
      url: `${server.issuer}/.well-known/openid-configuration`,
      status: 200,
      statusText: 'OK',
      json: metadata,
      tookMs: 60.4,
      tls: server.tls,
    })
    .add({
      type: 'metadata.received',
      exchange: '1',
      location: `${server.issuer}/.well-known/openid-configuration`,
      issuer: server.issuer,
      document: metadata,
    })
    .end('discover')
    .begin('prepare', 'PKCE, state, nonce')
    .add({
      type: 'decision.recorded',
      step: 'prepare',
      subject: 'PKCE',
      choice: 'S256',
      reason: 'The metadata lists S256.',
      specification: 'RFC 7636 §4.2',
    })
    .end('prepare')
}

/** Opens the authorization request in the system browser and waits. */
export function opened(tape: Tape, server: Server): Tape {
  const address = `${server.issuer}/auth?client_id=public&scope=openid+offline_access&response_type=code&redirect_uri=http%3A%2F%2F127.0.0.1%3A45123%2Fcallback&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256&state=Zk3v0rT6m1&nonce=n-0S6_WzA2Mj`
  return tape
    .begin('authorize', 'Authorize')
    .add(
      {
        type: 'message.recorded',
        step: 'authorize',
        message: {
          id: '1',
          direction: 'to-browser',
          title: 'Authorization request',
          url: address,
          method: 'GET',
          parameters: [
            ['client_id', 'public'],
            ['scope', 'openid offline_access'],
            ['response_type', 'code'],
            ['redirect_uri', 'http://127.0.0.1:45123/callback'],
            ['code_challenge', 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'],
            ['code_challenge_method', 'S256'],
            ['state', state],
          ],
          via: 'system',
        },
      },
      1,
    )
    .add({
      type: 'wait.started',
      step: 'authorize',
      wait: {
        id: '1',
        kind: 'authorization-response',
        address,
        listeningAt: 'http://127.0.0.1:45123/callback',
        until: new Date(tape.recording.startedAt + 600_000).toISOString(),
        agent: 'system',
      },
    })
}

function answered(tape: Tape, server: Server): Tape {
  return tape
    .add({ type: 'wait.finished', wait: '1', outcome: 'answered' }, 6100)
    .add({
      type: 'message.recorded',
      step: 'authorize',
      message: {
        id: '2',
        direction: 'from-browser',
        title: 'Authorization response',
        url: 'http://127.0.0.1:45123/callback',
        method: 'GET',
        parameters: [
          ['code', code],
          ['state', state],
          ['iss', server.issuer],
        ],
        via: 'loopback',
      },
    })
    .add(proof('authorize', 'state.matches'))
    .add(proof('authorize', 'iss.matches'))
    .end('authorize')
    .begin('token-request', 'Token request')
}

function proof(step: string, name: string) {
  return { type: 'proof.recorded' as const, step, exchange: null, proof: { name, holds: true } }
}

const tokenRequest = {
  id: '2',
  step: 'token-request',
  purpose: 'token',
  method: 'POST',
  requestBody: `grant_type=authorization_code&code=${code}&redirect_uri=http%3A%2F%2F127.0.0.1%3A45123%2Fcallback&code_verifier=${verifier}&client_id=public`,
}

/** A run that has just begun to discover. */
export function begun(recording: Recording): RunEvent[] {
  const { events } = discovered(recording, playground, 'system')
  return events.slice(0, 3)
}

/** A run that waits for somebody to sign in. */
export function waiting(recording: Recording): RunEvent[] {
  return opened(discovered(recording, playground, 'system'), playground).events
}

/** As `waiting`, with an answer of another run that was passed over. */
export function waitingAfterForeignAnswer(recording: Recording): RunEvent[] {
  return opened(discovered(recording, playground, 'system'), playground).add(
    {
      type: 'redirect.ignored',
      step: 'authorize',
      reason: 'It carries another state than the one sent, so it may belong to another sign-in.',
      differs: [{ name: 'state', expected: state, received: otherState }],
      url: `http://127.0.0.1:45123/callback?code=${code}&state=${otherState}`,
    },
    2000,
  ).events
}

/** A run that succeeds with a person's hands. */
export function succeeded(recording: Recording): RunEvent[] {
  return finishWell(answered(opened(discovered(recording, playground, 'system'), playground), playground), playground)
    .events
}

/** Token request, validation and the end of a run that succeeds. */
export function finishWell(tape: Tape, server: Server): Tape {
  const mask = { access_token: maskOf(accessToken), id_token: maskOf(idToken), refresh_token: maskOf(refreshToken) }
  tape.exchange({
    ...tokenRequest,
    url: `${server.issuer}/token`,
    status: 200,
    statusText: 'OK',
    json: { ...mask, token_type: 'Bearer', expires_in: 600, scope: 'openid offline_access' },
    tookMs: 37.6,
    tls: server.tls,
  })
  const receivedAt = tape.recording.startedAt + tape.elapsedMs
  for (const token of tokensOf(server, receivedAt)) {
    tape.add({ type: 'token.received', step: 'token-request', exchange: '2', token })
  }
  return tape
    .end('token-request')
    .begin('validate', 'Validate')
    .exchange({
      id: '3',
      step: 'validate',
      purpose: 'jwks',
      method: 'GET',
      url: `${server.issuer}/jwks`,
      status: 200,
      statusText: 'OK',
      json: { keys: [{ kty: 'RSA', kid: 'k1', use: 'sig', alg: 'RS256', e: 'AQAB', n: 'xMJb'.repeat(80) }] },
      tookMs: 7.1,
      tls: server.tls,
    })
    .add(proof('validate', 'signature.verified'))
    .add(proof('validate', 'nonce.matches'))
    .add(proof('validate', 'atHash.matches'))
    .end('validate')
    .add({ type: 'run.finished', outcome: 'succeeded' })
}

/** A run that fails at the token endpoint. */
export function failed(recording: Recording): RunEvent[] {
  const tape = answered(opened(discovered(recording, acme, 'system'), acme), acme)
  tape.exchange({
    ...tokenRequest,
    url: `${acme.issuer}/token`,
    requestHeaders: [['Authorization', `Basic ${credentials}`]],
    responseHeaders: [['WWW-Authenticate', 'Basic realm="acme"']],
    status: 401,
    statusText: 'Unauthorized',
    json: { error: 'invalid_client', error_description: 'client authentication failed' },
    tookMs: 40.8,
    tls: true,
  })
  const problem = {
    code: 'token-request-refused' as const,
    title: 'The token endpoint refused the request',
    detail: 'The server did not accept how this client proved who it is.',
    step: 'token-request',
    exchange: '2',
    specification: 'RFC 6749 §5.2',
    whatToDo: [
      'Check that the client secret of this profile is the one the server knows.',
      'The server lists client_secret_post too: run again with the client authentication set to it.',
      'Check that the client id is registered at this issuer.',
    ],
    oauth: { error: 'invalid_client', error_description: 'client authentication failed' },
    status: 401,
  }
  return tape
    .add({ type: 'step.finished', step: 'token-request', outcome: 'failed', problem }, 0.4)
    .add({ type: 'run.finished', outcome: 'failed', problem }).events
}
