import { hasResponseParameter, matchesRedirectUri, redirectTargetOf } from '../../redirects/match-redirect-uri.ts'
import type { TestUser, UserAgentTask } from '../user-agent.ts'
import type { Navigation } from './browser-session.ts'
import { buildSubmission, type SubmissionChoice } from './build-submission.ts'
import { findConsentChoice } from './consent-form.ts'
import {
  browserError,
  describeUnusable,
  goesRound,
  needsCode,
  nobodyToSignIn,
  notUnderstood,
  signInFailed,
} from './page-problems.ts'
import { submitsOf, submitKinds, type FormControl, type Page, type PageForm } from './page.ts'
import { findCodeControl, findSignInForm, type SignInForm } from './sign-in-form.ts'

/** A refresh after more seconds than this is for people who went away. */
const longestRefreshSeconds = 10
const mostConsents = 5

/** Throws when the password may not go from the page to the address. */
export type RequireSafe = (page: Page, to: URL) => void

/** Does on each page what the test user would do, and remembers what it did. */
export class PageAnswers {
  readonly #task: UserAgentTask
  readonly #requireSafe: RequireSafe
  #sentPassword = false
  #sentUsernameTo = ''
  #consents = 0

  constructor(task: UserAgentTask, requireSafe: RequireSafe) {
    this.#task = task
    this.#requireSafe = requireSafe
  }

  /** Where the browser goes from this page. */
  async next(page: Page): Promise<Navigation> {
    const byItself = (await this.#response(page)) ?? (await this.#byItself(page))
    if (byItself) return byItself
    const signIn = await this.#whoSignsIn(page)
    if (signIn) return signIn
    if (page.status >= 400) throw browserError(page, this.#task.user)
    const consent = await this.#consent(page)
    if (consent) return consent
    if (page.refresh) return navigate(page, page.refresh.url)
    throw notUnderstood(page, describeUnusable(page))
  }

  /** The page is the authorization response itself: one form that posts it to the redirect URI. */
  async #response(page: Page): Promise<Navigation | undefined> {
    const [form, second] = page.forms
    if (!form || second) return undefined
    const submission = await buildSubmission(page, { form })
    const target = redirectTargetOf(this.#task.redirectUri)
    const isResponse =
      submission && matchesRedirectUri(target, submission.url) && hasResponseParameter(submission.parameters)
    return isResponse ? this.#send(page, { form }, 'redirect') : undefined
  }

  /** The page goes on by itself: a refresh, or a form that its script sends. */
  async #byItself(page: Page): Promise<Navigation | undefined> {
    const { refresh } = page
    if (refresh && !refresh.noscript && refresh.delaySeconds <= longestRefreshSeconds && page.status < 400) {
      return navigate(page, refresh.url)
    }
    const [form, second] = page.forms
    return form && !second && page.submitsItself && isForScript(form)
      ? this.#send(page, { form }, 'redirect')
      : undefined
  }

  async #whoSignsIn(page: Page): Promise<Navigation | undefined> {
    // A site's error pages may carry its sign-in form in a corner.
    if (page.status >= 500 || page.status === 404) return undefined
    const found = findSignInForm(page)
    if (!found?.password && page.status < 400 && findCodeControl(page)) throw needsCode(page)
    return found ? this.#signIn(page, found) : undefined
  }

  async #signIn(page: Page, found: SignInForm): Promise<Navigation> {
    const { user } = this.#task
    if (!user) throw nobodyToSignIn(page)
    const { form, username, password, submit } = found
    this.#requireFresh(page, found, user)
    const typed = new Map<FormControl, string>()
    if (username) typed.set(username, user.username)
    if (password) typed.set(password, user.password)
    const navigation = await this.#send(page, { form, submit, typed }, 'sign-in')
    this.#sentUsernameTo = identityOf(page, found)
    if (!password) return navigation
    this.#requireSafe(page, navigation.url)
    this.#sentPassword = true
    return { ...navigation, carriesPassword: true }
  }

  /** The form asks for the first time, and can be sent without a script. */
  #requireFresh(page: Page, found: SignInForm, user: TestUser): void {
    const { username, password } = found
    if (this.#sentPassword) throw signInFailed(page, user, 'password')
    if (!password && this.#sentUsernameTo === identityOf(page, found)) throw signInFailed(page, user, 'user name')
    if (username?.name === '' || password?.name === '') {
      throw notUnderstood(page, 'has a sign-in form whose fields have no names: it needs a script')
    }
  }

  async #consent(page: Page): Promise<Navigation | undefined> {
    const wanted = this.#task.consent ?? 'allow'
    const choice = findConsentChoice(page, wanted)
    if (!choice) {
      const asks = wanted === 'deny' && findConsentChoice(page, 'allow')
      if (asks) throw notUnderstood(page, 'offers no way to refuse that the automatic sign-in can find')
      return undefined
    }
    if (++this.#consents > mostConsents) throw goesRound('The consent page comes back again and again.', [page.url])
    return 'link' in choice ? navigate(page, choice.link.href, 'consent') : this.#send(page, choice, 'consent')
  }

  async #send(page: Page, choice: SubmissionChoice, purpose: Navigation['purpose']): Promise<Navigation> {
    const submission = await buildSubmission(page, choice)
    if (!submission) throw notUnderstood(page, 'has a form whose action is not an address')
    return { ...submission, purpose, from: page }
  }
}

/** Tells a sign-in form that comes back from the next one of a chain. */
function identityOf(page: Page, { form, username }: SignInForm): string {
  return `${page.url.origin} ${form.action ?? page.url.pathname} ${username?.name ?? ''}`
}

/** Nothing to fill in and nothing to choose: only hidden fields, and a button for browsers without script. */
function isForScript(form: PageForm): boolean {
  const shown = form.controls.filter((control) => !control.hidden && !control.noscript)
  return shown.every((control) => submitKinds.has(control.kind)) && submitsOf(form).length <= 1
}

function navigate(page: Page, address: string, purpose: Navigation['purpose'] = 'redirect'): Navigation {
  const url = URL.parse(address, page.base.href)
  if (!url) throw notUnderstood(page, 'sends the browser to something that is not an address')
  return { url, method: 'GET', purpose, from: page }
}
