import type { ParameterValues } from '../../contract/description.ts'
import { problem, ProblemError } from '../problems/problem-error.ts'
import type { RedirectListener } from '../redirects/redirect-hub.ts'
import type { OpenWait, PersonsAnswer, RunContext } from '../runs/run-context.ts'
import { readBrowserError } from '../user-agents/read-browser-error.ts'
import { readPasted } from '../user-agents/read-pasted.ts'
import type { ReceivedRedirect, UserAgent, UserAgentTask } from '../user-agents/user-agent.ts'
import { useVendor, vendorOf } from '../vendors/use-vendor.ts'

/** An authorization request that is about to be completed by somebody. */
export interface AuthorizationTask {
  agent: UserAgent
  address: string
  redirectUri: string
  listener: RedirectListener | null
  parameters: ParameterValues
  /** the address ends a sign-in; what is pasted then is no authorization response */
  signOut?: { read(text: string): ReceivedRedirect }
}

/**
 * Waits for the authorization response from whichever comes first: the agent itself, the listener, or a person who
 * pastes it or the error page. The listener stands already: listen before you open.
 * @throws ProblemError sign-in-timeout, browser-error, and what the agent meets
 */
export async function awaitAuthorization(context: RunContext, task: AuthorizationTask): Promise<ReceivedRedirect> {
  const seconds = Number(task.parameters.sign_in_seconds ?? 600)
  const over = new AbortController()
  const signal = AbortSignal.any([context.signal, over.signal])
  const wait = context.openWait(
    {
      kind: 'authorization-response',
      address: task.address,
      ...(task.listener ? { listeningAt: task.listener.listeningAt } : {}),
      until: new Date(context.clock.now() + seconds * 1000).toISOString(),
      agent: task.agent.id,
    },
    (answer) => readAnswer(answer, task),
  )
  const timer = setTimeout(() => over.abort(timeoutProblem(seconds, task.agent)), seconds * 1000)
  try {
    const received = await Promise.race([
      aborted(signal),
      personsAnswer(wait),
      task.listener?.received ?? never,
      agentsAnswer(context, task, signal),
    ])
    wait.finish('answered')
    return received
  } catch (error) {
    wait.finish(context.signal.aborted ? 'cancelled' : over.signal.aborted ? 'timeout' : 'failed')
    throw error
  } finally {
    clearTimeout(timer)
    over.abort()
  }
}

const never = new Promise<never>(() => {})

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const stop = () => reject(signal.reason as Error)
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
}

async function personsAnswer(wait: OpenWait<ReceivedRedirect | ProblemError>): Promise<ReceivedRedirect> {
  const answer = await wait.answered
  if (answer instanceof ProblemError) throw answer
  return answer
}

/** What a person gave: a response, or the problem that an error page tells. @throws ProblemError when it is neither */
function readAnswer(
  { kind, text }: PersonsAnswer,
  { redirectUri, signOut }: AuthorizationTask,
): ReceivedRedirect | ProblemError {
  if (kind === 'response') return signOut ? signOut.read(text) : readPasted(text, redirectUri)
  const { error, description } = readBrowserError(text)
  const detail = error ? `The browser showed ${error}: ${description}` : `The browser showed: ${description}`
  return problem('browser-error', detail, {
    ...(error ? { oauth: { error } } : {}),
    specification: 'RFC 6749 §4.1.2.1',
    whatToDo: [
      'A server shows an error page instead of coming back when the client id or the redirect URI is not registered.',
      'Compare the redirect URI with the registered one, character by character.',
    ],
  })
}

/** The agent's own answer; an agent that only opened a browser leaves the answer to the others. */
async function agentsAnswer(
  context: RunContext,
  task: AuthorizationTask,
  signal: AbortSignal,
): Promise<ReceivedRedirect> {
  const { user, password, consent } = task.parameters
  const received = await task.agent.authorize({
    address: task.address,
    redirectUri: task.redirectUri,
    ...(user && password ? { user: { username: String(user), password: String(password) } } : {}),
    consent: consent === 'deny' ? 'deny' : 'allow',
    fetch: (url, init) => context.fetch(url, { ...init, actor: 'browser' }),
    note: context.note,
    ...(task.signOut ? { isSignOut: true as const } : {}),
    ...(context.openAddress ? { openAddress: context.openAddress } : {}),
    ...decisionOf(context, task.parameters),
    signal,
  })
  return received ?? never
}

/** Only for servers whose vendor decides consent. */
function decisionOf(context: RunContext, parameters: ParameterValues): Pick<UserAgentTask, 'decideConsent'> {
  if (!vendorOf(parameters).description.methods.includes('decideConsent')) return {}
  return {
    async decideConsent(decision) {
      context.learn(decision.consentToken)
      const { call } = await useVendor(parameters, 'decideConsent')
      return call({ context, parameters }, decision)
    },
  }
}

function timeoutProblem(seconds: number, agent: UserAgent) {
  return problem('sign-in-timeout', `Nobody finished signing in within ${seconds} seconds.`, {
    whatToDo: [
      'Run again, and finish the sign-in in the browser.',
      ...(agent.id === 'paste' ? [] : ['If the browser shows an error page, choose "The browser shows an error".']),
      'If the browser runs on another machine, use "Paste".',
    ],
  })
}
