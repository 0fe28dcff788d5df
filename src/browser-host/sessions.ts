import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** Who may reach the engine through this host. All in memory; nothing survives the process. */
export interface Sessions {
  /** A new one-time token for the fragment of an address: 32 random bytes, base64url. */
  issue(): string
  /** Trades a one-time token for a session token; undefined when it was used already or is none of ours. */
  trade(token: string): string | undefined
  /** Tells whether a session token is one of ours. */
  knows(session: string): boolean
}

/** Older entries make room: printed addresses nobody used, tabs closed long ago. */
const most = { tokens: 16, sessions: 64 }

/** Creates the sessions of one host. */
export function createSessions(): Sessions {
  const tokens: Buffer[] = []
  const sessions: Buffer[] = []
  return {
    issue: () => remember(tokens, most.tokens),
    trade(token) {
      const index = find(tokens, token)
      if (index < 0) return undefined
      // SECURITY: a token works once. Left in, an address in a shell's scrollback or the process list opens the engine.
      tokens.splice(index, 1)
      return remember(sessions, most.sessions)
    },
    knows: (session) => find(sessions, session) >= 0,
  }
}

function remember(list: Buffer[], longest: number): string {
  const value = randomBytes(32).toString('base64url')
  list.push(digestOf(value))
  if (list.length > longest) list.shift()
  return value
}

function digestOf(value: string): Buffer {
  return createHash('sha256').update(value).digest()
}

/** SECURITY: compares digests of equal length in constant time, and all of them, so that time tells nothing. */
function find(list: Buffer[], value: string): number {
  const digest = digestOf(value)
  return list.reduce((found, one, index) => (timingSafeEqual(one, digest) ? index : found), -1)
}
