import type { VendorAdapter } from '../vendor.ts'
import { clientMethods } from './clients.ts'
import { consentMethods } from './consent.ts'
import { grantMethods } from './grants.ts'

/** Everything that Telnyx can do. */
export const telnyxAdapter: VendorAdapter = { ...clientMethods, ...grantMethods, ...consentMethods }
