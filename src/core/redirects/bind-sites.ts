import { problem, type ProblemError } from '../problems/problem-error.ts'
import { answerRequest } from './answer-request.ts'
import { notLocal, type ListeningPlace, type LoopbackAddress } from './listening-place.ts'
import { startLoopbackServer, type ConnectionBounds } from './loopback-server.ts'
import { siteKey, type Site } from './site.ts'

/** Who wants to be bound where. */
export interface BindRequest {
  /** the hub's sites by key; new ones are added */
  sites: Map<string, Site>
  place: ListeningPlace
  expectation: { redirectUri: string; state: string | null }
  bounds: ConnectionBounds
}

/** Codes of `listen` that say the machine lacks this stack, not that the port is taken. */
const missingStack = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EPROTONOSUPPORT'])
const freePortTries = 20

/**
 * Binds every address of a place on one port, or joins sites this hub has already. `localhost` works when one of its
 * two stacks is missing. On failure nothing new stays bound.
 * @throws ProblemError `port-in-use`, `redirect-uri-not-local`
 */
export async function bindSites(request: BindRequest): Promise<{ bound: Site[]; port: number }> {
  const tries = request.place.port === 0 ? freePortTries : 1
  for (let left = tries; ; left--) {
    const attempt = await bindOnce(request)
    if ('bound' in attempt) return attempt
    // A port that is free on one stack can be taken on the other: the next free one may be free on both.
    if (left <= 1 || codeOf(attempt.failed) !== 'EADDRINUSE') throw toProblem(attempt.failed, request, attempt.port)
  }
}

type Attempt = { bound: Site[]; port: number } | { failed: unknown; port: number }

async function bindOnce({ sites, place, expectation, bounds }: BindRequest): Promise<Attempt> {
  const bound: Site[] = []
  const fresh: Site[] = []
  let { port } = place
  let missing: unknown
  for (const address of place.addresses) {
    // A free port is free of our own runs too.
    const shared = place.port === 0 ? undefined : sites.get(siteKey(address, port))
    try {
      if (shared) requireShareable(shared, expectation)
      const site = shared ?? (await openSite(address, port, bounds))
      if (!shared) fresh.push(site)
      port = site.port
      bound.push(site)
    } catch (error) {
      if (missingStack.has(codeOf(error))) {
        missing = error
        continue
      }
      await closeAll(fresh)
      return { failed: error, port }
    }
  }
  if (bound.length === 0) return { failed: missing, port }
  for (const site of fresh) sites.set(siteKey(site.address, site.port), site)
  return { bound, port }
}

async function closeAll(sites: Site[]): Promise<void> {
  await Promise.all(sites.map((site) => site.server.close()))
}

async function openSite(address: LoopbackAddress, port: number, bounds: ConnectionBounds): Promise<Site> {
  const { promise: site, resolve } = Promise.withResolvers<Site>()
  const server = await startLoopbackServer({
    address,
    port,
    bounds,
    answer: (request, response) => void site.then((known) => answerRequest(known, request, response)),
  })
  const opened: Site = { address, port: server.port, server, waiting: new Set(), past: [] }
  resolve(opened)
  return opened
}

/** Runs share a port by their states; without one, or with equal ones, nobody could tell whose an answer is. */
function requireShareable(site: Site, { redirectUri, state }: BindRequest['expectation']): void {
  for (const other of site.waiting) {
    if (state !== null && other.state !== null && state !== other.state) continue
    const reason =
      state === null || other.state === null
        ? 'and a sign-in without state needs the port for itself'
        : 'with the same state, and their answers could not be told apart'
    throw problem('port-in-use', `Run ${other.runId} in this Grantlab holds port ${site.port}, ${reason}.`, {
      specification: 'RFC 6749 §10.12',
      whatToDo: [
        'Wait until the other sign-in ends, or cancel it',
        'Send a state with both: then they share the port',
        `Or use another port than ${redirectUri} has, or sign in with Paste (agent paste)`,
      ],
    })
  }
}

function toProblem(error: unknown, { expectation, place }: BindRequest, port: number): unknown {
  const { redirectUri } = expectation
  const code = codeOf(error)
  if (code === 'EADDRINUSE') return heldByAnother(redirectUri, port, error)
  if (code === 'EACCES')
    return notLocal(redirectUri, `This system lets no ordinary program listen at port ${port}.`, error)
  if (missingStack.has(code)) {
    return notLocal(redirectUri, `This machine has no ${place.addresses.join(' or ')} to listen at.`, error)
  }
  return error
}

function heldByAnother(redirectUri: string, port: number, cause: unknown): ProblemError {
  return problem(
    'port-in-use',
    `Another program holds port ${port}, so Grantlab cannot listen at ${redirectUri}. It may be another Grantlab.`,
    {
      specification: 'RFC 8252 §7.3',
      whatToDo: [
        `Close the program that listens at port ${port}`,
        'Or use a redirect URI with another port; where the server takes any loopback port, http://127.0.0.1:0/… finds a free one',
        'Or sign in with Paste (agent paste), which needs no port',
      ],
      cause,
    },
  )
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
