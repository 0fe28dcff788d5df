import { isJsonObject } from '../../../contract/json.ts'
import { problem } from '../../problems/problem-error.ts'
import { pathIdOf } from '../management/path-id.ts'
import type { VendorAdapter } from '../vendor.ts'
import { connect } from './connect.ts'
import { consentRecordOf } from './records.ts'
import { recordIn } from './unwrap.ts'

type ConsentMethods = Pick<VendorAdapter, 'getConsent' | 'decideConsent'>

/** Consent at Telnyx: reading what waits, and deciding it in the place of the consent page. */
export const consentMethods: ConsentMethods = {
  async getConsent(call, consentToken) {
    const path = `/oauth/consent/${pathIdOf(consentToken, 'consent_token')}`
    return recordIn(await connect(call).send({ purpose: 'consent-read', method: 'GET', path }), consentRecordOf)
  },
  async decideConsent(call, { consentToken, isAllowed }) {
    const body = { allowed: isAllowed, consent_token: consentToken }
    const effect = 'it was decided'
    const request = { purpose: 'consent-decision', method: 'POST', path: '/oauth/grants', body, effect } as const
    const { json, exchange } = await connect(call).send(request)
    const address = isJsonObject(json) ? json.redirect_uri : undefined
    if (typeof address === 'string' && URL.canParse(address)) {
      // SECURITY: the code is as good as a sign-in until somebody redeems it.
      for (const code of new URL(address).searchParams.getAll('code')) call.context.learn(code)
      return address
    }
    throw problem('response-unexpected', 'The answer to the decision has no address to go on to (redirect_uri).', {
      exchange,
    })
  },
}
