/** How a problem class ends a process: the exit code of the command line. */
export const problemClasses = { answer: 1, usage: 2, person: 3, environment: 4, fault: 5, cancelled: 130 } as const

/** The class of a problem. */
export type ProblemClass = keyof typeof problemClasses

/** The closed list of problems with their class and one-line title. */
export const problemList = {
  'authorization-refused': ['answer', 'The authorization server refused the request'],
  'authorization-response-invalid': ['answer', 'The authorization response cannot be used'],
  'state-mismatch': ['answer', 'The answer carries another state than the one sent'],
  'iss-mismatch': ['answer', 'The answer comes from another issuer than the one asked'],
  'issuer-mismatch': ['answer', 'The metadata names another issuer than the one asked for'],
  'metadata-not-found': ['answer', 'No authorization server metadata was found'],
  'metadata-invalid': ['answer', 'The authorization server metadata cannot be used'],
  'metadata-changed': ['answer', 'The metadata is not what it was'],
  'endpoint-missing': ['answer', 'The server names no endpoint for this'],
  'token-request-refused': ['answer', 'The token endpoint refused the request'],
  'token-response-invalid': ['answer', 'The token response cannot be used'],
  'id-token-invalid': ['answer', 'The ID token did not pass its checks'],
  'response-not-json': ['answer', 'The answer is not JSON'],
  'resource-refused': ['answer', 'The resource server refused the request'],
  'registration-refused': ['answer', 'The server refused the registration'],
  'management-refused': ['answer', 'The management API refused the request'],
  'introspection-refused': ['answer', 'The introspection endpoint refused the request'],
  'revocation-refused': ['answer', 'The revocation endpoint refused the request'],
  'outcome-unknown': ['answer', 'Nobody knows whether it was done'],
  'partly-done': ['answer', 'Not everything could be done'],
  'list-incomplete': ['answer', 'The list is not complete'],
  'token-invalid': ['answer', 'The token does not hold'],
  'subject-changed': ['answer', 'The answer is about another user'],
  'response-unexpected': ['answer', 'The server gave an answer that does not fit'],
  'body-too-large': ['answer', 'The answer is larger than Grantlab reads'],
  'redirect-to-other-origin': ['answer', 'The server redirects to another origin'],
  'sign-in-failed': ['answer', 'The sign-in page did not accept the test user'],
  'sign-in-page-not-understood': ['answer', 'The automatic sign-in cannot fill in this page'],
  'browser-error': ['answer', 'The browser showed an error page'],
  'unknown-operation': ['usage', 'There is no such operation or command'],
  'parameter-missing': ['usage', 'A parameter is missing'],
  'parameter-invalid': ['usage', 'A parameter has a value that does not fit'],
  'parameter-unknown': ['usage', 'There is no such parameter'],
  'file-invalid': ['usage', 'A file cannot be read as what it should be'],
  'file-newer': ['usage', 'A file was written by a newer Grantlab'],
  'profile-not-found': ['usage', 'There is no such profile'],
  'profile-exists': ['usage', 'There is a profile of this name already'],
  'not-offered': ['usage', 'This server has nothing of the kind'],
  'registration-not-found': ['usage', 'There is no such registration here'],
  'nothing-recognised': ['usage', 'Nothing that can be read was found'],
  'capsule-invalid': ['usage', 'This is no capsule that can be opened'],
  'run-read-only': ['usage', 'This run can only be read'],
  'share-refused': ['fault', 'It would give a secret away'],
  'secret-missing': ['usage', 'A secret has no value here'],
  'secret-in-file': ['usage', 'A secret stands in clear in a workspace file'],
  'token-missing': ['usage', 'No token is kept that fits'],
  'run-running': ['usage', 'This run is still under way'],
  'run-not-found': ['usage', 'There is no such run'],
  'file-changed': ['usage', 'The file was changed by something else'],
  'certificate-invalid': ['usage', 'A certificate or its key cannot be used'],
  'passphrase-wrong': ['usage', 'The passphrase is not the one of this vault'],
  'secret-not-bound': ['person', 'A secret was not meant for this server'],
  'confirmation-needed': ['person', 'A production profile asks first'],
  'keys-unavailable': ['environment', 'The keys to check with could not be had'],
  'token-not-verified': ['environment', 'The token could not be verified'],
  'vault-locked': ['environment', 'The vault is locked'],
  'vault-damaged': ['environment', 'The vault cannot be read'],
  'needs-person': ['person', 'This needs a person'],
  'sign-in-timeout': ['person', 'Nobody finished signing in'],
  'name-not-resolved': ['environment', 'The host name is not known'],
  'connection-refused': ['environment', 'Nothing listens at this address'],
  'connection-lost': ['environment', 'The connection broke'],
  timeout: ['environment', 'The server did not answer in time'],
  'tls-untrusted': ['environment', 'The server certificate is not trusted here'],
  'tls-failed': ['environment', 'No secure connection could be made'],
  'proxy-authentication-required': ['environment', 'The proxy wants a user name and password'],
  'proxy-failed': ['environment', 'The proxy did not make the connection'],
  'port-in-use': ['environment', 'A port is in use'],
  'redirect-uri-not-local': ['environment', 'Grantlab cannot listen at this redirect URI'],
  'browser-not-opened': ['environment', 'No browser could be opened'],
  'playground-failed': ['environment', 'The playground did not start'],
  'data-folder-failed': ['environment', 'The data folder cannot be used'],
  internal: ['fault', 'Grantlab itself failed'],
  cancelled: ['cancelled', 'Cancelled'],
} as const satisfies Record<string, readonly [ProblemClass, string]>

/** A code from the closed list. */
export type ProblemCode = keyof typeof problemList

/** A place in a file a person wrote. Line and column count from 1. */
export interface ProblemPlace {
  file?: string
  line?: number
  column?: number
  /** JSON pointer (RFC 6901) into the document */
  pointer?: string
}

/** What went wrong, as plain JSON; the same in window, command line and reports. */
export interface Problem {
  code: ProblemCode
  title: string
  /** one or two sentences with the facts, secrets masked */
  detail: string
  /** id of the step it happened in */
  step?: string
  /** id of the exchange that shows it */
  exchange?: string
  /** such as `RFC 6749 §5.2` */
  specification?: string
  /** what a person can do, most likely first */
  whatToDo?: string[]
  place?: ProblemPlace
  /** an OAuth `error` with what came with it, as the server sent it */
  oauth?: { error: string; error_description?: string; error_uri?: string }
  /** HTTP status of the answer that shows it */
  status?: number
  /** what the server says about single parameters, by their names */
  fields?: { name: string; detail: string }[]
  /** a list broke off: the page to go on from */
  page?: number
}

/** Builds a problem: class and title come from the list. */
export function problemOf(
  code: ProblemCode,
  detail: string,
  more: Partial<Omit<Problem, 'code' | 'detail'>> = {},
): Problem {
  return { code, title: problemList[code][1], detail, ...more }
}

/** The class of a problem code. */
export function problemClassOf(code: ProblemCode): ProblemClass {
  return problemList[code][0]
}

/** The exit code for an outcome: 0 without a problem, else the class's. */
export function exitCodeOf(problem: Problem | undefined | null): number {
  return problem ? problemClasses[problemClassOf(problem.code)] : 0
}

const exitOrder = [130, 5, 2, 4, 3, 1]

/** Of several exit codes, the first of 130, 5, 2, 4, 3, 1; 0 when all are 0. */
export function worstExitCode(codes: Iterable<number>): number {
  const seen = new Set(codes)
  return exitOrder.find((code) => seen.has(code)) ?? 0
}
