import type { UserAgent } from './user-agent.ts'

/** A person signs in anywhere and pastes the address the browser ends at. */
export const paste: UserAgent = {
  id: 'paste',
  title: 'Paste',
  summary:
    'Open the address in any browser, on any machine, and paste the address it ends at. Takes every redirect URI.',
  driven: true,
  listens: false,
  authorize: async () => null,
}
