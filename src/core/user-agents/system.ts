import { cancelledBy } from '../problems/cancelled-by.ts'
import { problem, ProblemError } from '../problems/problem-error.ts'
import type { UserAgent, UserAgentTask } from './user-agent.ts'

/** A person signs in with the browser of this machine; the answer arrives at the listener. */
export const system: UserAgent = {
  id: 'system',
  title: 'System browser',
  summary: 'Your own browser, with its sessions, passkeys and policies. Grantlab listens at the redirect URI.',
  section: 'RFC 8252 §8.12',
  driven: false,
  listens: true,
  async authorize(task) {
    await openInBrowser(task)
    return null
  },
}

async function openInBrowser({ address, openAddress, signal }: UserAgentTask): Promise<void> {
  if (!openAddress) throw notOpened('Grantlab has no browser to open here.')
  // SECURITY: the endpoint comes from a server's metadata; another scheme could start any program on this machine.
  if (!/^https?:\/\//i.test(address)) throw notOpened('The address does not begin with http:// or https://.')
  const aborted = Promise.withResolvers<never>()
  const abort = () => aborted.reject(cancelledBy(signal, 'Opening the browser was cancelled.'))
  if (signal.aborted) throw cancelledBy(signal, 'Opening the browser was cancelled.')
  signal.addEventListener('abort', abort, { once: true })
  try {
    await Promise.race([openAddress(address), aborted.promise])
  } catch (error) {
    if (error instanceof ProblemError) throw error
    throw notOpened(`The browser did not open: ${error instanceof Error ? error.message : String(error)}.`, error)
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

function notOpened(detail: string, cause?: unknown): ProblemError {
  return problem('browser-not-opened', detail, {
    whatToDo: [
      'Sign in with Paste (agent paste): open the address anywhere and paste the address the browser ends at',
      'Or sign in with Automatic (agent form) as a test user (user) with its password (password)',
    ],
    cause,
  })
}
