import type { TracedResponse } from '../../http/exchange.ts'
import type { UserAgentTask } from '../user-agent.ts'

/** A task over plain fetch, with the purposes it was called with. */
export interface TestTask extends UserAgentTask {
  purposes: string[]
  opened: string[]
}

/** The redirect URI of test tasks; nothing listens there. */
export const testRedirectUri = 'https://client.example/cb'

/** Builds a task for alice; parts can be set or, with undefined, left out. */
export function taskFor(address: string, parts: Partial<UserAgentTask> = {}): TestTask {
  const purposes: string[] = []
  const opened: string[] = []
  return {
    address,
    redirectUri: testRedirectUri,
    user: { username: 'alice', password: 'wonder land+1' },
    fetch: async (url, { purpose, method, headers, body, signal }) => {
      purposes.push(purpose)
      return fetch(url, { redirect: 'manual', method, headers, body, signal } as RequestInit) as Promise<TracedResponse>
    },
    note: () => undefined,
    openAddress: async (opening) => void opened.push(opening),
    signal: new AbortController().signal,
    purposes,
    opened,
    ...parts,
  }
}
