import { problem, type ProblemError } from '../../problems/problem-error.ts'
import { readBrowserError } from '../read-browser-error.ts'
import type { TestUser } from '../user-agent.ts'
import { tidyText } from './html-tree.ts'
import type { Page } from './page.ts'

const signInByHand =
  'Sign in by hand: System browser opens your own (agent system), Paste takes the address it ends at (agent paste)'

/** An address as it may stand in a problem: without query and fragment, where codes and tokens travel. */
export function placeOf(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}`
}

/** The page cannot be filled in; `reason` ends the sentence. */
export function notUnderstood(page: Pick<Page, 'url' | 'title'>, reason: string): ProblemError {
  return problem('sign-in-page-not-understood', `${nameOf(page)} ${reason}.`, {
    whatToDo: [signInByHand, 'Or use a test user and client for which the server asks with an ordinary form'],
  })
}

/** What the automatic sign-in found on a page that it cannot use. */
export function describeUnusable(page: Page): string {
  if (page.hasCaptcha) return 'shows a captcha, which only a person can answer'
  const named = page.forms.flatMap((form) => form.controls).filter((c) => c.kind !== 'hidden' && c.name !== '')
  if (named.length > 0) {
    return `has a form that is neither for signing in nor for consent: it asks for ${list(named.map((c) => c.name))}`
  }
  if (page.hasScript) return 'has no form to fill in: it needs a script'
  if (page.text === '' && !page.hasFrame) return `is empty (status ${page.status})`
  return page.hasFrame ? 'has no form to fill in: it may stand in a frame' : 'has no form to fill in'
}

function list(names: string[]): string {
  const unique = [...new Set(names)].map((name) => tidyText(name, 40))
  return unique.slice(0, 6).join(', ') + (unique.length > 6 ? ' and more' : '')
}

/** The sign-in form came back after the credentials were sent. */
export function signInFailed(page: Page, user: TestUser, sent: 'user name' | 'password'): ProblemError {
  const said = page.alerts.map((text) => withoutPassword(text, user)).join(' · ')
  const captcha = page.hasCaptcha ? ' It shows a captcha, too.' : ''
  const what = `${nameOf(page)} asks again after the ${sent} of ${user.username} was sent`
  return problem('sign-in-failed', `${what}${said ? `. It says: ${ended(said)}` : ' and gives no reason.'}${captcha}`, {
    whatToDo: [
      `Check the test user ${user.username} (user) and its password (password)`,
      'Sign in once by hand: the account may be locked, or must change its password first',
    ],
    status: page.status,
  })
}

/** An error page, with the OAuth error when one can be read. */
export function browserError(page: Page, user: TestUser | undefined): ProblemError {
  const { error } = readBrowserError([...page.alerts, page.text].join('\n'))
  const shown = tidyText(withoutPassword(page.alerts.join(' · ') || page.text, user), 500)
  return refused(`${nameOf(page)} came with status ${page.status}`, { error, shown, ...page })
}

/** An error answer that is no HTML page. */
export function plainError(answer: { url: URL; status: number; text: string; challenge: string }): ProblemError {
  const { error, description } = readBrowserError(answer.text)
  const what = `${placeOf(answer.url)} answered with status ${answer.status}`
  return refused(what, { error, shown: tidyText(description, 500), ...answer })
}

const compareRegistration = [
  'A server shows an error page instead of coming back when the client id or the redirect URI is not the registered one: compare both, letter by letter',
]

interface Refusal {
  error: string | undefined
  shown: string
  status: number
  challenge: string
}

function refused(what: string, { error, shown, status, challenge }: Refusal): ProblemError {
  const asks = challenge ? ` It asks for HTTP authentication (${tidyText(challenge, 60)}).` : ''
  return problem('browser-error', `${what}${shown ? `: ${ended(shown)}` : '.'}${asks}`, {
    status,
    ...(status < 500
      ? { specification: 'RFC 6749 §4.1.2.1', whatToDo: compareRegistration }
      : { whatToDo: ['The server itself failed: try again, or look into its log'] }),
    ...(error ? { oauth: { error, ...(shown ? { error_description: shown } : {}) } } : {}),
  })
}

/** Nobody was named who could sign in. */
export function nobodyToSignIn(page: Page): ProblemError {
  return problem('needs-person', `${nameOf(page)} asks who signs in, and no test user is named.`, {
    whatToDo: ['Name a test user (user) and its password (password)', signInByHand],
  })
}

/** A one-time code is asked for. */
export function needsCode(page: Page): ProblemError {
  return problem(
    'needs-person',
    `${nameOf(page)} asks for a one-time code, which the automatic sign-in does not have.`,
    {
      whatToDo: [signInByHand, 'Or use a test user without a second factor'],
    },
  )
}

/** The sign-in never ends. */
export function goesRound(reason: string, addresses: URL[]): ProblemError {
  const last = addresses.slice(-4).map(placeOf).join(' → ')
  return problem('response-unexpected', `${reason} The last addresses were ${last}.`, {
    whatToDo: ['Look at the requests: each redirect stands there with its cookies', signInByHand],
  })
}

/** A page's own sentence often has its full stop already. */
function ended(text: string): string {
  return /[.!?…。]$/u.test(text) ? text : `${text}.`
}

function nameOf({ url, title }: Pick<Page, 'url' | 'title'>): string {
  return `The page ${title ? `"${title}" ` : ''}at ${placeOf(url)}`
}

/** The server sends the answer somewhere else than to the redirect URI. */
export function otherAddress(address: URL, redirectUri: string): ProblemError {
  const detail = `The server sends the browser to ${placeOf(address)}, which is not the redirect URI ${redirectUri}.`
  return problem('authorization-response-invalid', `${detail} The automatic sign-in did not go there.`, {
    specification: 'RFC 9700 §4.1.3',
    whatToDo: ['Compare the two: scheme, host, port, path and query have to be the same, letter by letter'],
  })
}

/** SECURITY: pages may repeat what was typed; a password never stands in a problem. */
function withoutPassword(text: string, user: TestUser | undefined): string {
  return user?.password ? text.replaceAll(user.password, '●●●●') : text
}
