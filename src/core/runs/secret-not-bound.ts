import type { SecretBinding } from '../ports.ts'
import { problem, type ProblemError } from '../problems/problem-error.ts'

const allowIt = 'If that is right, allow it once: --allow-secrets on the command line, Allow in the window.'
const lookAtProfile = 'Look at the issuer and the connection of the profile: did somebody else change them?'
const otherConnection =
  'proxy, certificates, TLS verification or endpoints given by hand are not what they were in the profile.'
const mostListed = 5

/** A secret of the vault and the origin that it would go to. */
interface Meant {
  name: string
  binding: SecretBinding
  place: string | undefined
}

/**
 * Why a secret does not belong to where a run would send it, in a sentence; undefined when it does, or was not used yet.
 * `connection` is the digest of the profile's; undefined without a profile.
 */
export function refusalOf({ name, binding, place }: Meant, connection: string | undefined): string | undefined {
  const { origins } = binding
  if (origins.length === 0 || place === undefined) return undefined
  if (!origins.includes(place)) return `${name} may go to ${listOf(origins)}, and would go to ${place} now.`
  if (connection === undefined || binding.connection === connection) return undefined
  return `${name} may go to ${place}, but over another connection: ${otherConnection}`
}

/** The problem of secrets that a run would take elsewhere; it did not begin. */
export function notBoundAtStart(refusals: readonly string[]): ProblemError {
  return problem('secret-not-bound', `${refusals.join(' ')} Nothing was sent.`, { whatToDo: [lookAtProfile, allowIt] })
}

/** The problem of a value that came over another connection than the profile's. */
export function notOverThisConnection(what: string): ProblemError {
  const detail = `${what} came over another connection: ${otherConnection} It was not sent.`
  return problem('secret-not-bound', detail, { whatToDo: [lookAtProfile, allowIt] })
}

/** The problem of a value that a request would carry to another origin; the request was not sent. */
export function notBoundNow({ what, origins }: { what: string; origins: Iterable<string> }, to: string): ProblemError {
  const detail = `${what} may go to ${listOf([...origins])}, and would go to ${to} now. It was not sent.`
  return problem('secret-not-bound', detail, {
    whatToDo: ['Find out why the server names another address than before.', allowIt],
  })
}

function listOf(origins: readonly string[]): string {
  const more = origins.length > mostListed ? ` and ${origins.length - mostListed} more` : ''
  return origins.slice(0, mostListed).join(', ') + more
}
