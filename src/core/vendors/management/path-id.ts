import { problem } from '../../problems/problem-error.ts'

/**
 * An id as one segment of a path: whatever stands in it, it names one thing and no other place. `parameter` names it for
 * a person.
 * @throws ProblemError parameter-invalid for an id that no address can name
 * @see RFC 3986 §3.3
 */
export function pathIdOf(id: string, parameter: string): string {
  // SECURITY: without an id the address is that of all of them; dots lead to another address.
  if (id.trim() === '') throw problem('parameter-invalid', `The id (${parameter}) is empty.`)
  if (id === '.' || id === '..' || !id.isWellFormed()) {
    throw problem('parameter-invalid', `The id (${parameter}) cannot stand in an address: ${JSON.stringify(id)}.`)
  }
  return encodeURIComponent(id)
}
