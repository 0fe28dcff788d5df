import { splitAtMasks, type Fingerprint } from '../../contract/mask.ts'
import { ProblemError } from '../problems/problem-error.ts'
import type { History } from './history.ts'

/** What a run says of the tokens it brought. */
export interface TokenRun {
  runId: string
  /** the code it got, where it got one */
  code?: { fingerprint?: Fingerprint; receivedAt: string }
  /** the tokens it brought */
  tokens: ReadonlySet<Fingerprint>
}

/** Tokens that nobody knows the run of. */
export interface LostTokens {
  profile: string | null
  /** ISO time */
  receivedAt: string
  fingerprints: readonly Fingerprint[]
}

type Source = Pick<History, 'read' | 'list'>

/** No run is that long before it gets a token, nor are so many under way at a time. */
const longestMs = 3_600_000
const mostCandidates = 10
const newestRuns = 500

/** What a recorded run says; undefined when history does not have it, or it cannot be read. */
export async function readTokenRun(history: Source, runId: string): Promise<TokenRun | undefined> {
  const tokens = new Set<Fingerprint>()
  let code: TokenRun['code']
  try {
    for await (const event of history.read(runId)) {
      if (event.type === 'token.received') tokens.add(event.token.fingerprint)
      if (event.type !== 'message.recorded' || event.message.direction !== 'from-browser') continue
      const [, masked] = event.message.parameters.find(([name]) => name === 'code') ?? []
      if (masked !== undefined) code = { ...fingerprintIn(masked), receivedAt: event.at }
    }
  } catch (error) {
    if (error instanceof ProblemError) return undefined
    throw error
  }
  return { runId, tokens, ...(code ? { code } : {}) }
}

function fingerprintIn(masked: string): { fingerprint?: Fingerprint } {
  const [piece] = splitAtMasks(masked)
  return piece && 'mask' in piece && piece.fingerprint ? { fingerprint: piece.fingerprint } : {}
}

/** The run that brought tokens of which nobody wrote that down; undefined when none of those near that time did. */
export async function findTokenRun(history: Source, lost: LostTokens): Promise<TokenRun | undefined> {
  const at = Date.parse(lost.receivedAt)
  const wanted = lost.profile === null ? {} : { profile: lost.profile }
  const { runs } = await history.list(newestRuns, wanted)
  const near = runs.filter(({ startedAt }) => Date.parse(startedAt) <= at && at - Date.parse(startedAt) < longestMs)
  for (const { runId } of near.slice(0, mostCandidates)) {
    const run = await readTokenRun(history, runId)
    if (run && lost.fingerprints.some((one) => run.tokens.has(one))) return run
  }
  return undefined
}
