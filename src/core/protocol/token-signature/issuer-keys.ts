import type { AuthorizationServer } from 'oauth4webapi'
import type { ServerSkew } from '../../../contract/bench/judged-facts.ts'
import type { ParameterValues } from '../../../contract/description.ts'
import { readHttpAddress } from '../../../contract/metadata/address.ts'
import { problemClassOf } from '../../../contract/problem.ts'
import { problem, ProblemError } from '../../problems/problem-error.ts'
import type { RunContext } from '../../runs/run-context.ts'
import { readKeys } from '../read-keys.ts'
import { readMetadata } from '../read-metadata.ts'
import { keysOf, type CandidateKey } from './candidate-key.ts'
import { isPrivateAddress } from './private-address.ts'
import type { KeySource } from './signature-task.ts'

/** Keys of a server, with what it says of itself. */
export interface IssuerKeys {
  source: KeySource
  /** exactly as `iss` must be; may be a template */
  issuer?: string
  skew?: ServerSkew
}

/** Whom to ask. */
export interface KeyOrder {
  parameters: ParameterValues
  /** the address in `parameters` is the token's own word, and a private one was not allowed */
  isGuarded: boolean
}

/**
 * The keys of an issuer, by its metadata, or those at an address given by hand.
 * @throws ProblemError keys-unavailable for an answer that holds none; environment problems as they are
 */
export async function readIssuerKeys(context: RunContext, order: KeyOrder): Promise<IssuerKeys> {
  const { parameters } = order
  const server = await asUnavailable(() => serverOf(context, parameters))
  const address = readHttpAddress(server.jwks_uri)
  if (!address) {
    throw problem('keys-unavailable', `The metadata of ${server.issuer} names no address of keys (jwks_uri).`, {
      specification: 'RFC 8414 §2',
      whatToDo: ['Give the keys, or their address, by hand (jwks, jwks_uri).'],
    })
  }
  if (order.isGuarded) await requirePublic(address.url)
  const { keys, skew } = await fetchKeys(context, address.url.href)
  const algorithms: unknown = server.id_token_signing_alg_values_supported
  return {
    source: {
      keys,
      from: address.url.href,
      again: async () => (await fetchKeys(context, address.url.href)).keys,
      lines: [],
      ...(Array.isArray(algorithms) ? { algorithms: algorithms.filter((one) => typeof one === 'string') } : {}),
    },
    ...(server.issuer ? { issuer: server.issuer } : {}),
    ...(skew ? { skew } : {}),
  }
}

/** SECURITY: where a token names the host, one of this machine or network is asked only when a person says so again. */
export async function requirePublic(url: URL): Promise<void> {
  if (!(await isPrivateAddress(url))) return
  throw problem(
    'keys-unavailable',
    `${url.origin} is on this machine or in a private network. It was not asked, because only the token names it.`,
    {
      whatToDo: ['If you know this server, allow it (allow_private), or name the issuer yourself (issuer).'],
    },
  )
}

async function serverOf(context: RunContext, parameters: ParameterValues): Promise<AuthorizationServer> {
  if (parameters.issuer !== undefined) return readMetadata(context, parameters)
  return { issuer: '', jwks_uri: String(parameters.jwks_uri) }
}

/** What a server answers wrongly on the way to its keys says nothing about the token: the keys could not be had. */
async function asUnavailable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    const { code, title, detail, ...more } = error.problem
    if (problemClassOf(code) !== 'answer') throw error
    throw problem('keys-unavailable', `${title}: ${detail}`, { ...more, cause: error })
  }
}

async function fetchKeys(context: RunContext, address: string): Promise<{ keys: CandidateKey[]; skew?: ServerSkew }> {
  const before = context.clock.now()
  const facts = await readKeys(context, address)
  const answer = context.lastAnswer('jwks')!
  const fault = facts.faults.find(({ rule }) => rule === 'jwks.not-json' || rule === 'jwks.too-large')
  if (answer.status !== 200 || fault) {
    const detail = `${address} answered ${answer.status}${fault ? `: ${fault.detail}` : '.'}`
    throw problem('keys-unavailable', detail, {
      exchange: answer.exchange,
      status: answer.status,
      specification: 'RFC 7517 §5',
      whatToDo: ['Open the request to see what came.', 'Give the keys by hand (jwks).'],
    })
  }
  const skew = skewOf(answer.date, { before, after: context.clock.now() })
  return { keys: keysOf(answer.json!), ...(skew ? { skew } : {}) }
}

/** A Date header counts whole seconds; the answer was made somewhere between asking and reading. @see RFC 9110 §6.6.1 */
function skewOf(
  date: string | undefined,
  { before, after }: { before: number; after: number },
): ServerSkew | undefined {
  const told = Date.parse(date ?? '')
  if (Number.isNaN(told)) return undefined
  return { milliseconds: told + 500 - (before + after) / 2, uncertaintyMs: 500 + (after - before) / 2 }
}
