import { problem } from '../problems/problem-error.ts'
import type { UserAgent } from './user-agent.ts'

/** Approves over the management API what the consent page of the server would ask a person for. */
export const consent: UserAgent = {
  id: 'consent',
  title: 'Management API',
  summary:
    'Approve through the management API: no browser, no password. For servers whose vendor lets it decide consent.',
  driven: true,
  listens: false,
  async authorize(task) {
    if (!task.decideConsent) {
      throw problem('not-offered', 'Nothing is known here that decides a consent of this server over an API.', {
        whatToDo: ['Say how the server is managed (vendor), or sign in another way (agent).'],
      })
    }
    // Cookies are loaded only when somebody signs in this way.
    const { runConsentAgent } = await import('./form-agent/run-consent-agent.ts')
    return runConsentAgent(task, task.decideConsent)
  },
}
