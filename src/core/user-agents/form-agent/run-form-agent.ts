import { cancelledBy } from '../../problems/cancelled-by.ts'
import { problem } from '../../problems/problem-error.ts'
import {
  hasResponseParameter,
  pairsOf,
  redirectTargetOf,
  type RedirectTarget,
} from '../../redirects/match-redirect-uri.ts'
import type { ReceivedRedirect, UserAgentTask } from '../user-agent.ts'
import { BrowserSession, type Navigation, type NavigationAnswer } from './browser-session.ts'
import { decodePage } from './decode-page.ts'
import { isProtected } from './origin-headers.ts'
import { goesRound, notUnderstood, otherAddress, placeOf, plainError } from './page-problems.ts'
import { PageAnswers } from './page-answers.ts'
import type { Page } from './page.ts'
import { readPage } from './read-page.ts'
import { redirectOfAddress, redirectOfForm } from './received-redirect.ts'

const mostRequests = 30
/** Pages that set a cookie send the browser to the same address again; more often than this is a circle. */
const mostVisits = 3
/** Statuses whose Location a browser follows. @see RFC 9110 §15.4 */
export const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/**
 * Signs in without a browser: follows redirects, fills in and sends forms, and stops before the redirect URI would be
 * requested.
 * @throws ProblemError when a page cannot be used, the sign-in fails, or the task is cancelled
 */
export async function runFormAgent(task: UserAgentTask): Promise<ReceivedRedirect> {
  const trip = new Trip(task)
  let next: Navigation = { url: new URL(task.address), method: 'GET', purpose: 'authorization' }
  for (let count = 0; count < mostRequests; count++) {
    next = await trip.go(next)
    const answer = trip.answerOf(next)
    if (answer) return answer
  }
  throw goesRound(`The sign-in took more than ${mostRequests} requests.`, trip.addresses)
}

/** One sign-in, from the authorization request to the redirect. */
class Trip {
  readonly addresses: URL[] = []
  readonly #task: UserAgentTask
  readonly #target: RedirectTarget
  readonly #session: BrowserSession
  readonly #answers: PageAnswers
  readonly #visits = new Map<string, number>()
  readonly #origins = new Set<string>()

  constructor(task: UserAgentTask) {
    this.#task = task
    this.#target = redirectTargetOf(task.redirectUri)
    this.#session = new BrowserSession(task)
    this.#answers = new PageAnswers(task, (page, to) => this.#requireSafe(page, to))
  }

  /** The authorization response, when this is where the browser would hand it over. */
  answerOf({ url, method, parameters }: Navigation): ReceivedRedirect | undefined {
    if (method === 'POST' && parameters) return redirectOfForm(this.#target, { url, parameters }, 'form')
    return redirectOfAddress(this.#target, url, 'form')
  }

  /** Sends one request and answers where the browser goes next. */
  async go(navigation: Navigation): Promise<Navigation> {
    this.#requireUsable(navigation)
    this.addresses.push(navigation.url)
    this.#origins.add(navigation.url.origin)
    const answer = await this.#session.send(navigation)
    const location = redirectStatuses.has(answer.status) ? answer.headers.get('location') : null
    if (location !== null) return this.#follow(navigation, answer, location)
    const page = readAnswerPage(navigation.url, answer)
    return this.#answers.next(page)
  }

  #requireUsable(navigation: Navigation): void {
    const { signal, redirectUri } = this.#task
    if (signal.aborted) throw cancelledBy(signal, 'The automatic sign-in was cancelled.')
    if (!/^https?:$/.test(navigation.url.protocol)) throw otherAddress(navigation.url, redirectUri)
    if (this.#isNearMiss(navigation.url)) throw otherAddress(navigation.url, redirectUri)
    this.#countVisit(navigation)
  }

  /** Nearly the redirect URI, with an answer on it: whoever listens there must not get the code. */
  #isNearMiss(url: URL): boolean {
    // The server itself may live at the origin of the redirect URI.
    const isOfServer = this.#origins.size === 0 || this.#origins.has(url.origin)
    if (isOfServer || url.host !== this.#target.url.host) return false
    return hasResponseParameter([...url.searchParams, ...pairsOf(url.hash.slice(1))])
  }

  #countVisit({ method, url, body }: Navigation): void {
    const key = `${method} ${url.href} ${typeof body === 'string' ? body : ''}`
    const visits = (this.#visits.get(key) ?? 0) + 1
    this.#visits.set(key, visits)
    if (visits > mostVisits) throw goesRound('The sign-in goes round in a circle.', this.addresses)
  }

  #follow(from: Navigation, { status }: NavigationAnswer, location: string): Navigation {
    const url = URL.parse(decodeLocation(location), from.url.href)
    if (!url) {
      throw problem('response-unexpected', `${placeOf(from.url)} redirects to something that is not an address.`, {
        specification: 'RFC 9110 §10.2.2',
        status,
      })
    }
    const crossed = from.crossed === true || url.origin !== from.url.origin
    const asGet: Navigation = {
      url,
      method: 'GET',
      purpose: 'redirect',
      crossed,
      ...(from.from ? { from: from.from } : {}),
    }
    const keepsMethod = from.method === 'POST' && (status === 307 || status === 308)
    // A 307 to the redirect URI would hand the client what was typed; the answer is in its address (RFC 9700 §4.12).
    if (!keepsMethod || redirectOfAddress(this.#target, url, 'form')) return asGet
    if (from.carriesPassword) this.#requireSafe({ url: from.url, title: '' }, url)
    return { ...from, url, purpose: 'redirect', crossed }
  }

  /**
   * SECURITY: a password goes only where no network can read it, and only to an origin the sign-in came through. A page
   * that could name any other origin could collect passwords.
   */
  #requireSafe(page: Pick<Page, 'url' | 'title'>, to: URL): void {
    if (!isProtected(to)) throw notUnderstood(page, `would send the password in clear to ${placeOf(to)}`)
    if (this.#origins.has(to.origin)) return
    throw notUnderstood(page, `would send the password to ${placeOf(to)}, an origin the sign-in did not come through`)
  }
}

/** The page an answer carries. @throws ProblemError for an error without a page, and for what is no page */
export function readAnswerPage(url: URL, { status, headers, body }: NavigationAnswer): Page {
  const contentType = headers.get('content-type') ?? ''
  const text = decodePage(body, contentType)
  const mediaType = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (isHtml(mediaType, text)) return readPage({ url: withoutFragment(url), status, html: text, headers })
  if (status >= 400) throw plainError({ url, status, text, challenge: headers.get('www-authenticate') ?? '' })
  const what = text === '' ? `without a page (status ${status})` : `with ${mediaType || 'something'}, not with a page`
  throw notUnderstood({ url, title: '' }, `answers ${what}`)
}

function isHtml(mediaType: string, text: string): boolean {
  if (mediaType === '') return /^\s*</.test(text)
  return mediaType === 'text/html' || mediaType === 'application/xhtml+xml'
}

function withoutFragment(url: URL): URL {
  const page = new URL(url)
  page.hash = ''
  return page
}

/** Header bytes arrive one by one; a Location outside ASCII is meant as UTF-8. */
export function decodeLocation(location: string): string {
  const bytes = Buffer.from(location, 'latin1')
  return bytes.toString('latin1') === location ? bytes.toString('utf8') : location
}
