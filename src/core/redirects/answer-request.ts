import type { IncomingMessage, ServerResponse } from 'node:http'
import type { NameValue } from '../../contract/json.ts'
import type { ReceivedRedirect } from '../user-agents/user-agent.ts'
import { hasResponseParameter, keepsPairs, pairsOf, withoutRegistered } from './match-redirect-uri.ts'
import type { RedirectPage } from './page-frame.ts'
import { readAnswer, type CarriedAnswer } from './read-answer.ts'
import { answerPage, endedPage, fragmentPage, nothingPage, otherSignInPage, repeatedPage } from './result-page.ts'
import type { Site, StateDifference, Waiting } from './site.ts'

/** A stranger's page can send any number of wrong answers; more than this are not recorded. */
const mostIgnored = 50

/**
 * Answers one request at a site. Only the exact Host header, path and registered query of a waiting run are taken;
 * everything else gets 421 or 404 and is not recorded.
 */
export async function answerRequest(site: Site, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const here = [...site.waiting, ...site.past].filter((waiting) => isHost(waiting, request))
    if (here.length === 0) return refuse(response, 421)
    const [path, query] = splitTarget(request.url ?? '')
    const addressed = here.filter((w) => w.target.url.pathname === path && keepsPairs(w.target, pairsOf(query)))
    if (addressed.length === 0) return refuse(response, 404)
    const reading = await readAnswer(request, query)
    if ('refused' in reading) return refuse(response, reading.refused)
    await settle({ addressed, answer: reading.answer, query }, response)
  } catch {
    // The client went away while it was read; nobody is left to answer.
    response.destroy()
  }
}

interface Addressed {
  /** who waits at this address, at least one */
  addressed: Waiting[]
  answer: CarriedAnswer
  query: string
}

async function settle({ addressed, answer, query }: Addressed, response: ServerResponse): Promise<void> {
  const address = cleanAddressOf(addressed)
  if (isVisit(addressed, answer)) return send(response, visitPage(addressed, answer))

  const owners = addressed.filter((waiting) => isOwnState(waiting, answer.parameters))
  const owner = owners.find(isOpen)
  if (owner) {
    owner.delivered = true
    await send(response, answerPage(answer.parameters, address))
    // Only now: whoever waits may close the port at once, and the person should see the page.
    return owner.deliver(redirectOf(owner, answer, query))
  }
  if (owners.length > 0) return send(response, latePage(owners))

  for (const waiting of addressed) {
    if (!isOpen(waiting) || waiting.ignoredCount >= mostIgnored) continue
    waiting.ignoredCount++
    waiting.ignore(redirectOf(waiting, answer, query), stateDifference(waiting, answer.parameters))
  }
  return send(response, otherSignInPage(address))
}

function isOpen(waiting: Waiting): boolean {
  return !waiting.delivered && !waiting.ended
}

function isVisit(addressed: Waiting[], { parameters }: CarriedAnswer): boolean {
  return addressed.every((waiting) => !hasResponseParameter(withoutRegistered(waiting.target, parameters)))
}

/** A visit may have its answer in the fragment; after the answer it is a reload of the cleaned address. */
function visitPage(addressed: Waiting[], { method }: CarriedAnswer): RedirectPage {
  const address = cleanAddressOf(addressed)
  if (method === 'POST') return nothingPage(address)
  return addressed.some(isOpen) ? fragmentPage(address) : latePage(addressed)
}

function latePage(owners: Waiting[]): RedirectPage {
  const address = cleanAddressOf(owners)
  return owners.some((waiting) => waiting.delivered) ? repeatedPage(address) : endedPage(address)
}

/**
 * SECURITY: the Host header must be the redirect URI's own. Without this check a page of a foreign host name that
 * resolves to 127.0.0.1 (DNS rebinding) could read and forge answers as if it were Grantlab.
 */
function isHost(waiting: Waiting, request: IncomingMessage): boolean {
  const sent = request.rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host')
  return sent.length === 1 && request.headers.host?.toLowerCase() === waiting.target.url.host
}

/** Path and query as sent. An absolute target (as to a proxy) has no path of ours and matches nothing. */
function splitTarget(target: string): [path: string, query: string] {
  const mark = target.indexOf('?')
  return mark < 0 ? [target, ''] : [target.slice(0, mark), target.slice(mark + 1)]
}

function statesOf(waiting: Waiting, parameters: NameValue[]): string[] {
  return withoutRegistered(waiting.target, parameters).flatMap(([name, value]) => (name === 'state' ? [value] : []))
}

function isOwnState(waiting: Waiting, parameters: NameValue[]): boolean {
  if (waiting.state === null) return true
  const states = statesOf(waiting, parameters)
  return states.length > 0 && states.every((state) => state === waiting.state)
}

function stateDifference(waiting: Waiting, parameters: NameValue[]): StateDifference[] {
  const received = statesOf(waiting, parameters)
  return [{ name: 'state', expected: waiting.state ?? 'absent', received: received.join(', ') || 'absent' }]
}

function redirectOf(waiting: Waiting, answer: CarriedAnswer, query: string): ReceivedRedirect {
  const { method, parameters, fragment } = answer
  const { url, uri } = waiting.target
  if (method === 'POST') return { url: uri, method, parameters, via: 'loopback' }
  const whole = `${url.origin}${url.pathname}${query && `?${query}`}${fragment === undefined ? '' : `#${fragment}`}`
  return { url: whole, method, parameters, via: 'loopback' }
}

/** Path and registered query without the answer; they are the same for all that share the address, or nearly so. */
function cleanAddressOf([first]: Waiting[]): string {
  return first ? `${first.target.url.pathname}${first.target.url.search}` : '/'
}

const plainWords = {
  404: 'Not found',
  405: 'Method not allowed',
  413: 'Too large',
  415: 'Wrong media type',
  421: 'Misdirected request',
}

function refuse(response: ServerResponse, status: keyof typeof plainWords): Promise<void> {
  response.writeHead(status, {
    ...commonHeaders,
    ...(status === 405 ? { allow: 'GET, POST' } : {}),
    'content-type': 'text/plain; charset=utf-8',
    'content-security-policy': `default-src 'none'; frame-ancestors 'none'`,
  })
  return end(response, `${plainWords[status]}\n`)
}

function send(response: ServerResponse, page: RedirectPage): Promise<void> {
  response.writeHead(page.status, {
    ...commonHeaders,
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': page.contentSecurityPolicy,
  })
  return end(response, page.html)
}

/** SECURITY: the request's address holds the code; no cache, no referrer and no frame may carry it further. */
const commonHeaders = {
  'cache-control': 'no-store',
  pragma: 'no-cache',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-resource-policy': 'same-origin',
  connection: 'close',
}

/** Resolves when the answer is sent or the client is gone. */
async function end(response: ServerResponse, text: string): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  response.once('close', resolve)
  response.end(text)
  // A response whose client left earlier has had its `close` already.
  if (response.closed || response.destroyed) resolve()
  await promise
}
