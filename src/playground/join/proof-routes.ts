import type { PlaygroundPorts } from '../describe-playground.ts'
import type { OwnRoutes } from '../own-routes.ts'
import type { PlaygroundSecrets } from '../state/playground-state.ts'
import { isNonce, proofFor, proofPath } from './proof.ts'

/** The route at which whoever has the same state learns that this playground has it, and nobody else learns anything. */
export function proofRoutes(state: PlaygroundSecrets, ports: PlaygroundPorts): OwnRoutes {
  return {
    [proofPath]: {
      methods: ['GET'],
      handle: (ctx) => {
        const nonce = new URLSearchParams(ctx.querystring).get('nonce') ?? ''
        ctx.set('Cache-Control', 'no-store')
        if (isNonce(nonce)) {
          ctx.body = proofFor(state, nonce, ports)
          return
        }
        ctx.status = 400
        ctx.body = { error: 'invalid_request', error_description: 'nonce must be 32 to 128 hexadecimal digits' }
      },
    },
  }
}
