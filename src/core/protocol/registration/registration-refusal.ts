import { isJsonObject, type Json } from '../../../contract/json.ts'
import type { Problem, ProblemCode } from '../../../contract/problem.ts'
import { type ProblemError, problem } from '../../problems/problem-error.ts'
import type { LastAnswer } from '../../runs/run-context.ts'
import { oauthErrorOf } from '../token-request.ts'
import { knownMembers, parameterOf } from './client-metadata.ts'

const longestText = 500
const mostFields = 50

/** A request about a registration that a server refused. */
export interface RegistrationRefusal {
  code: Extract<ProblemCode, 'registration-refused' | 'management-refused'>
  /** what was asked, to stand before "answered" */
  what: string
  answer: LastAnswer
  specification: string
}

/**
 * The problem of a registration that a server refused, with what it says about single members under the names of the
 * parameters that give them.
 * @see RFC 7591 §3.2.2, RFC 7592 §2
 */
export function registrationRefusal({ code, what, answer, specification }: RegistrationRefusal): ProblemError {
  const { exchange, status, json } = answer
  const oauth = oauthErrorOf(json)
  const words = oauth ? ` ${oauth.error}${oauth.error_description ? `: ${oauth.error_description}` : '.'}` : '.'
  const fields = fieldsOf(json, oauth)
  return problem(code, `${what} answered ${status}${words}`, {
    exchange,
    status,
    specification,
    ...(oauth ? { oauth } : {}),
    ...(fields.length > 0 ? { fields } : {}),
    whatToDo: adviceFor(code, status, oauth?.error),
  })
}

type Fields = NonNullable<Problem['fields']>

function fieldsOf(json: Json | undefined, oauth: Problem['oauth']): Fields {
  const listed = isJsonObject(json) && isJsonObject(json.invalid_fields) ? Object.entries(json.invalid_fields) : []
  if (listed.length > 0) {
    return listed.slice(0, mostFields).map(([name, said]) => ({ name: parameterOf(name), detail: sentenceOf(said) }))
  }
  const member = oauth && memberIn(oauth)
  if (!oauth || !member) return []
  const detail = oauth.error_description ?? `The server does not take this (${oauth.error}).`
  return [{ name: parameterOf(member), detail: detail.slice(0, longestText) }]
}

/** The member that an error is about: by its code, else the first that its description names. */
function memberIn({ error, error_description: description = '' }: NonNullable<Problem['oauth']>): string | undefined {
  const named = knownMembers()
    .map((member) => ({ member, at: description.search(new RegExp(`(?<!\\w)${member}(?!\\w)`)) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at || b.member.length - a.member.length)
  if (error === 'invalid_redirect_uri') return 'redirect_uris'
  if (/^(?:invalid|unapproved)_software_statement$/.test(error)) return 'software_statement'
  return named[0]?.member
}

function sentenceOf(said: Json): string {
  const texts = (Array.isArray(said) ? said : [said]).filter((one) => typeof one === 'string')
  return (texts.join(' ') || 'The server does not take this.').slice(0, longestText)
}

function adviceFor(code: RegistrationRefusal['code'], status: number, error: string | undefined): string[] {
  if (status === 429) return ['The server wants fewer requests: wait a while, then try again.']
  if (status >= 500) return ['The server failed: look at its answer, and try again later.']
  if (code === 'management-refused') return managementAdvice(status)
  if (status === 401 || status === 403) {
    return ['The server registers only who brings a token for it: give it (initial_access_token).']
  }
  return error === undefined
    ? ['Look at the answer: it says what the server did not like.']
    : ['Change what the server did not like, and register again: nothing was registered.']
}

function managementAdvice(status: number): string[] {
  if (status === 401 || status === 403) {
    return [
      'The client may be gone, or its registration access token was replaced: a server answers the same for both.',
      'If it is gone, forget it here: grantlab registrations forget ID',
    ]
  }
  if (status === 404 || status === 410) return ['The client is gone. Forget it here: grantlab registrations forget ID']
  if (status === 405) return ['The server does not let this be done by request; do it where its clients are listed.']
  return ['Look at the answer: it says what the server did not like.']
}
