import { isLoopbackHost } from '../metadata/address.ts'
import type { Exchange, Run } from '../run.ts'
import type { Evidence, Rule } from './rule.ts'

const verificationOff: Rule = {
  id: 'tls.verification-off',
  severity: 'error',
  title: 'TLS is not verified',
  specification: 'RFC 9325 §3',
  remedy:
    'Trust the certificate of the server or its issuer for this profile instead, and switch verification on again.',
  check: (run) =>
    run.parameters.verify_tls === false
      ? [
          {
            explanation: 'Anybody between here and the server can read and change everything, secrets included.',
            evidence: [{ label: 'verify_tls', value: 'false' }],
          },
        ]
      : [],
}

const invalid: Rule = {
  id: 'tls.invalid',
  severity: 'error',
  title: 'The server certificate does not pass',
  specification: 'RFC 5280 §6, RFC 9525',
  remedy:
    'Let the server send a certificate for this name, not expired, with its intermediates, from an issuer known here.',
  check: (run) =>
    byServer(run.exchanges.filter(({ connection }) => connection?.tls?.authorized === false)).map((exchange) => {
      const { authorizationError = 'unknown', chain = [] } = exchange.connection?.tls ?? {}
      const error: Evidence = { label: 'TLS', value: authorizationError, exchange: exchange.id }
      const certificates = chain.map(({ subject, issuer, validTo }, place): Evidence => {
        const label = place === 0 ? 'certificate' : `certificate ${place + 1}`
        return { label, value: `${subject}; issuer ${issuer}; until ${validTo}`, exchange: exchange.id }
      })
      return {
        explanation: `Nothing says that it is really ${originOf(exchange)} that answers.`,
        evidence: [error, ...certificates],
      }
    }),
}

const plainHttp: Rule = {
  id: 'http.plain',
  severity: 'error',
  title: 'A request went over plain http',
  specification: 'RFC 6749 §1.6, RFC 9700 §2.6',
  remedy: 'Use https; plain http is for this machine alone.',
  check: (run) =>
    byServer(run.exchanges.filter(({ request }) => isPlain(request.url))).map((exchange) => ({
      explanation: 'Every network in between can read and change it, secrets and tokens included.',
      evidence: [{ label: 'address', value: originOf(exchange), exchange: exchange.id }],
    })),
}

/** The first exchange with each server. */
function byServer(exchanges: readonly Exchange[]): Run['exchanges'] {
  return [...new Map(exchanges.toReversed().map((exchange) => [originOf(exchange), exchange])).values()].toReversed()
}

function originOf({ request }: Exchange): string {
  return /^[a-z]+:\/\/[^/?#]+/i.exec(request.url)?.[0] ?? request.url
}

/** http to another machine. */
function isPlain(url: string): boolean {
  const address = URL.parse(url)
  return address?.protocol === 'http:' && !isLoopbackHost(address.hostname)
}

/** What is noticed about how requests travelled. */
export const transportRules: readonly Rule[] = [verificationOff, invalid, plainHttp]
