import { cancelledBy } from '../../problems/cancelled-by.ts'
import { problem } from '../../problems/problem-error.ts'
import { consentTokenIn } from '../../protocol/consent-token.ts'
import { redirectTargetOf, type RedirectTarget } from '../../redirects/match-redirect-uri.ts'
import type { ReceivedRedirect, UserAgentTask } from '../user-agent.ts'
import { BrowserSession, type NavigationAnswer } from './browser-session.ts'
import { goesRound, otherAddress, placeOf } from './page-problems.ts'
import { redirectOfAddress } from './received-redirect.ts'

const mostRedirects = 10
const via = 'consent'

/**
 * Follows an authorization request as a browser would, until it is sent to a consent page whose address carries a consent
 * token, and lets the API decide it in the place of the page, which is never opened.
 * @throws ProblemError response-unexpected without such a page; what the decision throws
 */
export async function runConsentAgent(
  task: UserAgentTask,
  decideConsent: NonNullable<UserAgentTask['decideConsent']>,
): Promise<ReceivedRedirect> {
  const target = redirectTargetOf(task.redirectUri)
  const session = new BrowserSession(task)
  const addresses = [new URL(task.address)]
  while (addresses.length <= mostRedirects) {
    const at = addresses.at(-1)!
    if (task.signal.aborted) throw cancelledBy(task.signal, 'The sign-in was cancelled.')
    const purpose = addresses.length === 1 ? 'authorization' : 'redirect'
    const answer = await session.send({ url: at, method: 'GET', purpose })
    const next = locationIn(answer, at)
    const redirect = redirectOfAddress(target, next, via)
    // A server that asks nobody, or refuses, comes back at once.
    if (redirect) return redirect
    const consentToken = consentTokenIn(next)
    if (consentToken !== undefined) {
      const isAllowed = task.consent !== 'deny'
      return answerOf(target, await decideConsent({ consentToken, isAllowed }), task)
    }
    if (!/^https?:$/.test(next.protocol)) throw otherAddress(next, task.redirectUri)
    addresses.push(next)
  }
  throw goesRound(`The server redirected more than ${mostRedirects} times.`, addresses)
}

function locationIn({ status, headers }: NavigationAnswer, at: URL): URL {
  const location = status >= 300 && status < 400 ? headers.get('location') : null
  const next = location === null ? null : URL.parse(location, at.href)
  if (next) return next
  throw problem(
    'response-unexpected',
    `${placeOf(at)} answered ${status} without sending the browser to a consent page that carries a consent token.`,
    {
      status,
      specification: 'RFC 6749 §4.1.2.1',
      whatToDo: [
        'Look at the answer: it says when the client or the redirect URI is not registered.',
        'If it asks somebody to sign in first, sign in with a browser (agent system) or as a test user (agent form).',
      ],
    },
  )
}

function answerOf(target: RedirectTarget, address: string, { redirectUri }: UserAgentTask): ReceivedRedirect {
  const url = new URL(address)
  const redirect = redirectOfAddress(target, url, via)
  // SECURITY: an answer for another address is another request's, and its code nobody's here.
  if (!redirect) throw otherAddress(url, redirectUri)
  return redirect
}
