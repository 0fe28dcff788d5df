import { rfc7592 } from './rfc7592/index.ts'
import { telnyx } from './telnyx/index.ts'
import type { Vendor } from './vendor.ts'

/** Every vendor, in the order they are offered; the first is what a server is taken for that no profile says more of. */
export const vendors: readonly Vendor[] = [rfc7592, telnyx]
