import type { UserAgent } from './user-agent.ts'

/** Signs in a test user without a browser and without a person. */
export const form: UserAgent = {
  id: 'form',
  title: 'Automatic',
  summary:
    'Grantlab itself fills in the sign-in and consent forms as a test user; for servers whose pages need no script.',
  driven: true,
  listens: false,
  async authorize(task) {
    if (task.isSignOut) {
      const { runSignOut } = await import('./form-agent/run-sign-out.ts')
      return runSignOut(task)
    }
    // Parsing HTML and keeping cookies are loaded only when somebody signs in this way.
    const { runFormAgent } = await import('./form-agent/run-form-agent.ts')
    return runFormAgent(task)
  },
}
