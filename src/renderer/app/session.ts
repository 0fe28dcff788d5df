const storageKey = 'grantlab.session'

/** What the token trade works with; in the window these are its own `location`, `history`, storage and fetch. */
export interface SessionPorts {
  location: Pick<Location, 'hash' | 'pathname' | 'search'>
  history: Pick<History, 'replaceState'>
  storage: Pick<Storage, 'getItem' | 'setItem'>
  fetch(path: string, init: RequestInit): Promise<Response>
}

/** What came of it. */
export interface OpenedSession {
  /** null when there is none, e.g. in a copied address */
  session: string | null
  /** the host does not know the one-time token any more, and there is no session from before */
  isUsedUp: boolean
}

/**
 * Answers the session token of the browser host. The one-time token of the opened address's fragment is traded for it
 * once; a reload finds it in `sessionStorage`.
 */
export async function openSession(ports: SessionPorts): Promise<OpenedSession> {
  const token = new URLSearchParams(ports.location.hash.slice(1)).get('token')
  const kept = ports.storage.getItem(storageKey)
  if (!token) return { session: kept, isUsedUp: false }
  // SECURITY: the token leaves the address bar before anything else happens, so that no copy of the address carries it.
  ports.history.replaceState(null, '', ports.location.pathname + ports.location.search)
  const response = await ports.fetch('/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  })
  if (!response.ok) return { session: kept, isUsedUp: response.status === 401 && kept === null }
  const { session } = (await response.json()) as { session: string }
  ports.storage.setItem(storageKey, session)
  return { session, isUsedUp: false }
}
