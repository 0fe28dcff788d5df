import type { RunEvent } from '../../../contract/events.ts'
import type { NameValue } from '../../../contract/json.ts'
import { maskOf } from '../../../contract/mask.ts'
import { discovered, finishWell } from './authorization-code.ts'
import { Tape, type Recording } from './tape.ts'

const server = { issuer: 'http://127.0.0.1:7420', profile: 'playground', tls: false }
const page = '<!doctype html><title>Sign in</title><form method="post"><input name="login"></form>'

const hops: [method: string, path: string, status: number, location: string | undefined][] = [
  ['GET', '/auth?client_id=public', 303, '/interaction/q1'],
  ['GET', '/interaction/q1', 200, undefined],
  ['POST', '/interaction/q1/login', 303, '/auth/q1'],
  ['GET', '/auth/q1', 303, '/interaction/q2'],
  ['GET', '/interaction/q2', 200, undefined],
  ['POST', '/interaction/q2/confirm', 303, '/auth/q2'],
  ['GET', '/auth/q2', 303, 'http://127.0.0.1:45123/callback?code=x'],
]

/** A run in which the form agent signs in: what the browser sends is recorded, numbered apart. */
export function automatic(recording: Recording): RunEvent[] {
  const tape = discovered(recording, server, 'form').begin('authorize', 'Authorize')
  const parameters: NameValue[] = [['client_id', 'public']]
  const message = { id: '1', direction: 'to-browser' as const, title: 'Authorization request', parameters, via: 'form' }
  tape.add({ type: 'message.recorded', step: 'authorize', message: { ...message, url: `${server.issuer}/auth?x=1` } })
  for (const [index, [method, path, status, location]] of hops.entries()) {
    tape.exchange({
      id: `b${index}`,
      step: 'authorize',
      purpose: 'sign-in',
      actor: 'browser',
      method,
      url: server.issuer + path,
      status,
      statusText: status === 200 ? 'OK' : 'See Other',
      tookMs: 4.2,
      ...(location ? { responseHeaders: [['Location', location]] as NameValue[] } : { html: page }),
    })
  }
  tape
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
          ['code', maskOf('a91c0f22d941883b5e0c7719e26a904d')],
          ['iss', server.issuer],
        ],
        via: 'form',
      },
    })
    .add({
      type: 'proof.recorded',
      step: 'authorize',
      exchange: null,
      proof: { name: 'state.matches', holds: true },
    })
    .end('authorize')
    .begin('token-request', 'Token request')
  return finishWell(tape, server).events
}

/** A run with very many requests, one with a large body. */
export function many(recording: Recording, count = 10_000): RunEvent[] {
  const tape = new Tape(recording).start({
    operation: 'discover',
    title: 'Discover',
    profile: 'playground',
    parameters: {},
    plan: [{ id: 'discover', title: 'Discover' }],
  })
  tape.begin('discover', 'Discover')
  for (let index = 1; index <= count; index++) {
    tape.exchange({
      id: String(index),
      step: 'discover',
      purpose: 'metadata',
      method: 'GET',
      url: `${server.issuer}/page/${index}`,
      status: 200,
      statusText: 'OK',
      json: { page: index },
      tookMs: 2,
    })
  }
  return tape.end('discover').add({ type: 'run.finished', outcome: 'succeeded' }).events
}
