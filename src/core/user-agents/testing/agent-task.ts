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
    fetch: (url, { purpose, method, headers, body, signal }) => {
      purposes.push(purpose)
      const sent = body === undefined || body === null ? {} : { body: typeof body === 'string' ? body : bytesOf(body) }
      return fetch(url, {
        redirect: 'manual',
        ...(method ? { method } : {}),
        ...(headers ? { headers } : {}),
        ...(signal ? { signal } : {}),
        ...sent,
      })
    },
    note: () => undefined,
    openAddress: async (opening) => void opened.push(opening),
    signal: new AbortController().signal,
    purposes,
    opened,
    ...parts,
  }
}

function bytesOf(body: URLSearchParams | Uint8Array): Uint8Array<ArrayBuffer> | URLSearchParams {
  return body instanceof URLSearchParams ? body : new Uint8Array(body)
}
