import { cancelledBy } from '../../problems/cancelled-by.ts'
import { redirectTargetOf } from '../../redirects/match-redirect-uri.ts'
import type { ReceivedRedirect, UserAgentTask } from '../user-agent.ts'
import { BrowserSession, type Navigation } from './browser-session.ts'
import { buildSubmission } from './build-submission.ts'
import { browserError, goesRound, notUnderstood } from './page-problems.ts'
import type { Page } from './page.ts'
import { redirectOfAddress } from './received-redirect.ts'
import { decodeLocation, readAnswerPage, redirectStatuses } from './run-form-agent.ts'
import { findSignOutChoice } from './sign-out-form.ts'

const mostRequests = 20

/**
 * Signs out without a browser: follows redirects, confirms where a page asks, and stops before the redirect URI would be
 * requested, or, without one, at the page that asks nothing more (null).
 * @throws ProblemError when a page cannot be used, or the task is cancelled
 * @see OpenID Connect RP-Initiated Logout 1.0 §2, §3
 */
export async function runSignOut(task: UserAgentTask): Promise<ReceivedRedirect | null> {
  const session = new BrowserSession(task)
  const target = task.redirectUri === '' ? undefined : redirectTargetOf(task.redirectUri)
  const addresses: URL[] = []
  let next: Navigation | null = { url: new URL(task.address), method: 'GET', purpose: 'sign-out' }
  while (addresses.length < mostRequests) {
    const answer = target && redirectOfAddress(target, next.url, 'form')
    if (answer) return answer
    addresses.push(next.url)
    next = await step(task, session, next)
    if (!next) return null
  }
  throw goesRound(`Signing out took more than ${mostRequests} requests.`, addresses)
}

/** One request, and where the browser goes next; null when it stays. */
async function step(task: UserAgentTask, session: BrowserSession, navigation: Navigation): Promise<Navigation | null> {
  if (task.signal.aborted) throw cancelledBy(task.signal, 'Signing out was cancelled.')
  const { url } = navigation
  if (!/^https?:$/.test(url.protocol)) throw notUnderstood({ url, title: '' }, 'is not of http or https')
  const answer = await session.send(navigation)
  const location = redirectStatuses.has(answer.status) ? answer.headers.get('location') : null
  if (location === null) return confirm(task, readAnswerPage(url, answer))
  const to = URL.parse(decodeLocation(location), url.href)
  if (!to) throw notUnderstood({ url, title: '' }, 'redirects to something that is not an address')
  return {
    url: to,
    method: 'GET',
    purpose: 'redirect',
    crossed: navigation.crossed === true || to.origin !== url.origin,
  }
}

async function confirm(task: UserAgentTask, page: Page): Promise<Navigation | null> {
  if (page.status >= 400) throw browserError(page, undefined)
  const choice = findSignOutChoice(page)
  if (choice) {
    const submission = await buildSubmission(page, choice)
    if (!submission) throw notUnderstood(page, 'has a form whose action is not an address')
    return { ...submission, purpose: 'sign-out', from: page }
  }
  const goesOn = page.refresh && !page.refresh.noscript ? URL.parse(page.refresh.url, page.base.href) : null
  if (goesOn) return { url: goesOn, method: 'GET', purpose: 'redirect', from: page }
  if (task.redirectUri === '') return null
  throw notUnderstood(
    page,
    'asks nothing and does not go back to the post-logout redirect URI: it may not be registered',
  )
}
