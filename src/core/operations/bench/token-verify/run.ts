import { judge } from '../../../../contract/bench/judge.ts'
import type { JudgedUse } from '../../../../contract/bench/judged-facts.ts'
import { judgedUseOf } from '../../../../contract/bench/token-use.ts'
import type { TokenVerdict } from '../../../../contract/bench/verdict.ts'
import type { ParameterValues } from '../../../../contract/description.ts'
import type { Json } from '../../../../contract/json.ts'
import { problem, ProblemError } from '../../../problems/problem-error.ts'
import { askedOf, momentAsked } from '../../../protocol/token-signature/asked-of-token.ts'
import { checkSignature } from '../../../protocol/token-signature/check-signature.ts'
import { hashesFor } from '../../../protocol/token-signature/expected-hashes.ts'
import { chooseKeys, type ChosenKeys } from '../../../protocol/token-signature/choose-keys.ts'
import { readToken, type ReadToken } from '../../../protocol/token-signature/read-token.ts'
import type { RunContext } from '../../../runs/run-context.ts'

/**
 * Judges a token: signature, time and claims apart. Nothing of the token leaves this machine; keys are asked for only
 * where a person named the server, or allowed to ask the one that the token names.
 * @see RFC 7515 §5.2, RFC 7519 §7.2, OpenID Connect Core §3.1.3.7
 */
export async function run(context: RunContext, parameters: ParameterValues): Promise<Json> {
  const token = readToken(String(parameters.token))
  context.learn(token.value)
  const at = momentAsked(parameters, context.clock.now())
  const chosen = await chooseKeys(context, parameters, token)
  if (!chosen.failure) return context.step('verify', () => verify(context, { token, at, chosen, parameters }))
  context.verified(token.value, await verdictOf(context, { token, at, chosen, parameters }))
  throw chosen.failure
}

interface Verifying {
  token: ReadToken
  at: string
  chosen: ChosenKeys
  parameters: ParameterValues
}

async function verify(context: RunContext, verifying: Verifying): Promise<Json> {
  const verdict = await verdictOf(context, verifying)
  context.verified(verifying.token.value, verdict)
  if (verdict.verdict !== 'valid') throw problemOfVerdict(verdict, verifying)
  const { headline, signature, time, claims } = verdict
  return { verdict: 'valid', headline, signature: signature.state, time: time.state, claims: claims.state }
}

async function verdictOf(context: RunContext, { token, at, chosen, parameters }: Verifying): Promise<TokenVerdict> {
  const { header, claims, fault } = token
  const use = useOf(context, token, parameters)
  const signature = await checkSignature({
    token,
    use,
    source: chosen.source,
    ...(typeof parameters.secret === 'string' ? { secret: parameters.secret } : {}),
  })
  return judge({
    token: header && claims ? { header, claims, characters: token.value.length } : null,
    ...(fault === undefined ? {} : { unreadable: fault }),
    use,
    signature,
    at,
    toleranceSeconds: Number(parameters.clock_tolerance_seconds ?? 30),
    asked: askedOf(parameters, { issuer: chosen.issuer, claims }),
    hashes: await hashesFor(parameters, header),
    ...(chosen.skew ? { skew: chosen.skew } : {}),
  })
}

function useOf(context: RunContext, { header, claims }: ReadToken, { use }: ParameterValues): JudgedUse {
  if (use !== undefined && use !== 'auto') return use as JudgedUse
  if (!header || !claims) return 'other'
  const told = judgedUseOf(header, claims)
  const choice = { id_token: 'ID token', access_token: 'access token', other: 'JWT' }[told.use]
  context.decide({ subject: 'judged as', choice, reason: told.because })
  return told.use
}

function problemOfVerdict({ verdict, headline, reason }: TokenVerdict, { chosen }: Verifying): ProblemError {
  const detail = `${headline}. ${reason}`
  if (verdict === 'invalid') {
    return problem('token-invalid', detail, {
      whatToDo: ['Look at the checks: each says what was expected and what came.'],
    })
  }
  const code = chosen.isLacking ? 'keys-unavailable' : 'token-not-verified'
  return problem(code, detail, chosen.whatToDo ? { whatToDo: chosen.whatToDo } : {})
}
