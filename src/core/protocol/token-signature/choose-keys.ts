import type { ServerSkew } from '../../../contract/bench/judged-facts.ts'
import type { ParameterValues } from '../../../contract/description.ts'
import { readHttpAddress } from '../../../contract/metadata/address.ts'
import { ProblemError } from '../../problems/problem-error.ts'
import type { RunContext } from '../../runs/run-context.ts'
import { readGivenKeys } from './given-keys.ts'
import { refusalOf } from './header-lines.ts'
import { readIssuerKeys, requirePublic } from './issuer-keys.ts'
import type { ReadToken } from './read-token.ts'
import type { LackingKeys, SignatureTask } from './signature-task.ts'

/** The keys a token is judged with, or why there are none. */
export interface ChosenKeys {
  source: SignatureTask['source']
  /** exactly as `iss` must be, when a server was asked */
  issuer?: string
  skew?: ServerSkew
  /** there are no keys, and some are needed */
  isLacking?: true
  whatToDo?: string[]
  /** what kept the keys from being had */
  failure?: ProblemError
}

/**
 * Where the keys come from: those given, else those of a server that a person named, else those of the issuer that the
 * token names, when that was allowed. Nobody is asked for a token that no key could verify.
 * @throws ProblemError parameter-invalid for keys that cannot be read; cancelled
 */
export async function chooseKeys(
  context: RunContext,
  parameters: ParameterValues,
  token: ReadToken,
): Promise<ChosenKeys> {
  const none: ChosenKeys = { source: lacking('No keys were given.', 'no keys were given') }
  if (!needsKeys(token)) return none
  const given = textOf(parameters.jwks)
  const address = readHttpAddress(given)?.url.href
  if (given !== undefined && address === undefined) return { source: { ...readGivenKeys(given), from: 'given' } }
  if (isOfSecret(token) && parameters.secret !== undefined) return none
  const asked = address === undefined ? parameters : atAddress(parameters, address)
  if (namesServer(asked)) return askFor(context, asked)
  return parameters.secret === undefined ? ofToken(context, parameters, token) : none
}

function namesServer({ issuer, jwks_uri }: ParameterValues): boolean {
  return issuer !== undefined || jwks_uri !== undefined
}

/** Its algorithm takes a shared secret. */
function isOfSecret({ header }: ReadToken): boolean {
  return String(header?.alg).startsWith('HS')
}

/** False for what no key could verify. */
function needsKeys({ form, header }: ReadToken): boolean {
  return form === 'jws' && header !== null && !refusalOf(header)
}

/** An address of keys is a person's own word as an issuer is. */
function atAddress(parameters: ParameterValues, address: string): ParameterValues {
  return { ...parameters, jwks_uri: address, metadata: 'by-hand' }
}

function textOf(value: ParameterValues[string]): string | undefined {
  const text = typeof value === 'string' ? value.trim() : ''
  return text === '' ? undefined : text
}

function lacking(reason: string, words: string): LackingKeys {
  return { lacking: reason, words }
}

/** The server that the token itself names. SECURITY: it is a stranger's word; asked only when a person says so. */
async function ofToken(context: RunContext, parameters: ParameterValues, { claims }: ReadToken): Promise<ChosenKeys> {
  const named = readHttpAddress(claims?.iss)?.url
  if (!named || named.username || named.password) {
    return noKeys('No keys were given, and the token names no server that could be asked for them.', [
      'Give the keys (jwks), a shared secret (secret), or name the issuer (issuer).',
    ])
  }
  if (parameters.ask_issuer !== true) {
    return noKeys(`No keys were given; ask ${named.origin} for them?`, [
      `Ask ${named.origin}, which the token names (ask_issuer).`,
      'Or give the keys (jwks), a shared secret (secret), or name the issuer (issuer).',
    ])
  }
  const asked: ParameterValues = { ...parameters, issuer: String(claims?.iss), metadata: 'discover' }
  return askFor(context, asked, parameters.allow_private === true ? undefined : named)
}

function noKeys(reason: string, whatToDo: string[]): ChosenKeys {
  return { source: lacking(reason, 'no keys were given'), isLacking: true, whatToDo }
}

/** Asks a server; a guarded address is looked at first. */
async function askFor(context: RunContext, parameters: ParameterValues, guarded?: URL): Promise<ChosenKeys> {
  try {
    return await context.step('keys', async () => {
      if (guarded) await requirePublic(guarded)
      return readIssuerKeys(context, { parameters, isGuarded: guarded !== undefined })
    })
  } catch (error) {
    if (!(error instanceof ProblemError) || context.signal.aborted) throw error
    const { title, detail } = error.problem
    return {
      source: { ...lacking(`${title}: ${detail}`, 'the keys could not be had'), isUnavailable: true },
      isLacking: true,
      failure: error,
    }
  }
}
