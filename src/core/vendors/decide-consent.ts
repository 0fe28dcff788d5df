import type { ParameterValues } from '../../contract/description.ts'
import type { Json } from '../../contract/json.ts'
import { isLoopbackHost } from '../../contract/metadata/address.ts'
import { toProblem } from '../problems/to-problem.ts'
import { takeConsentToken } from '../protocol/consent-token.ts'
import type { RunContext } from '../runs/run-context.ts'
import { useVendor } from './use-vendor.ts'

/**
 * Decides a consent that waits, and takes the answer back to the client as the browser would, where the client is on this
 * machine. Answers the address.
 * @throws ProblemError not-offered, management-refused, outcome-unknown
 * @see RFC 6749 §4.1.2, RFC 8252 §7.3
 */
export async function decideConsent(
  context: RunContext,
  parameters: ParameterValues,
  isAllowed: boolean,
): Promise<Json> {
  const { call } = await useVendor(parameters, 'decideConsent')
  const consentToken = takeConsentToken(context, parameters)
  const address = await context.step('decide', () => call({ context, parameters }, { consentToken, isAllowed }))
  const url = new URL(address)
  context.note({
    direction: 'to-browser',
    title: url.searchParams.has('error') ? 'error' : 'code',
    url: address,
    method: 'GET',
    parameters: [...url.searchParams],
    via: 'management API',
  })
  const isFollowed = parameters.follow !== false && (await goBack(context, url))
  return { allowed: isAllowed, redirect_uri: address, followed: isFollowed }
}

/** False when nobody was there, or the client is not on this machine. */
async function goBack(context: RunContext, url: URL): Promise<boolean> {
  // SECURITY: the code goes to a listener of this machine alone; where else, a person decides.
  if (url.protocol !== 'http:' || !isLoopbackHost(url.hostname)) {
    const reason = 'The client is not on this machine: open the address where it is, before its code expires.'
    context.decide({ subject: 'redirect address', choice: 'only shown', reason })
    return false
  }
  try {
    await context.step('redirect', async () => {
      const response = await context.fetch(url, { purpose: 'redirect', actor: 'browser', redirect: 'manual' })
      await response.arrayBuffer()
    })
    return true
  } catch (error) {
    if (context.signal.aborted) throw error
    const { detail } = toProblem(error)
    context.decide({ subject: 'redirect address', choice: 'nobody took it', reason: `It was decided. ${detail}` })
    return false
  }
}
