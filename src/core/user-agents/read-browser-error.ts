/** What the text of an error page tells. */
export interface BrowserError {
  /** an OAuth error, or the vendor's own code such as `AADSTS50011` */
  error?: string
  /** the page's words, at most 4,000 characters */
  description: string
}

const longest = 4_000

/** Codes that are told apart from ordinary words by their look alone. */
const knownErrors = [
  'redirect_uri_mismatch',
  'invalid_redirect_uri',
  'invalid_client_metadata',
  'invalid_client',
  'invalid_request_uri',
  'invalid_request_object',
  'invalid_request',
  'invalid_scope',
  'invalid_grant',
  'invalid_target',
  'unauthorized_client',
  'unsupported_response_type',
  'unsupported_response_mode',
  'unsupported_grant_type',
  'access_denied',
  'server_error',
  'temporarily_unavailable',
  'login_required',
  'consent_required',
  'interaction_required',
  'account_selection_required',
  'request_not_supported',
  'request_uri_not_supported',
  'registration_not_supported',
  'disallowed_useragent',
  'deleted_client',
  'org_internal',
  'admin_policy_enforced',
]
const anyKnown = new RegExp(`(?<![\\w-])(?:${knownErrors.join('|')})(?![\\w-])`, 'i')

/**
 * Reads the text of an error page, or the address or JSON a person copied from one: the error code when one can be
 * found, and the words. The text is a stranger's: it is plain text, to be escaped wherever it is shown.
 */
export function readBrowserError(text: string): BrowserError {
  const bounded = text.slice(0, longest).trim()
  const error =
    readJsonError(bounded) ?? namedError(bounded) ?? anyKnown.exec(bounded)?.[0].toLowerCase() ?? vendorCode(bounded)
  return { ...(error ? { error } : {}), description: descriptionOf(bounded) }
}

/** `error=…`, `"error": "…"`, `Error: …`, `Error 400: …`, when a code with an underscore or a known one follows. */
function namedError(text: string): string | undefined {
  const pattern = /(?<![\w-])error(?:[ _]code)?["']?(?:\s+\d{3})?\s*[=:]\s*["']?([A-Za-z][\w-]{2,60})/gi
  for (const [, code = ''] of text.matchAll(pattern)) {
    if (/^[a-z]+(?:_[a-z]+)+$/.test(code) || anyKnown.test(code)) return code
  }
  return undefined
}

function vendorCode(text: string): string | undefined {
  return /\bAADSTS\d{4,9}\b/.exec(text)?.[0]
}

function readJsonError(text: string): string | undefined {
  if (!text.startsWith('{')) return undefined
  const error = /"error"\s*:\s*"([^"\\]{1,60})"/.exec(text)?.[1]
  return error
}

function descriptionOf(text: string): string {
  const inJson = /"error_description"\s*:\s*("(?:[^"\\]|\\.)*")/.exec(text)?.[1]
  if (inJson) return readJsonString(inJson) ?? text
  const inQuery = /[?&#]error_description=([^&#\s]*)/.exec(text)?.[1]
  if (inQuery) return new URLSearchParams(`d=${inQuery}`).get('d') ?? text
  return text.replace(/[^\S\n]+/g, ' ').replace(/\s*\n\s*/g, '\n')
}

function readJsonString(literal: string): string | undefined {
  try {
    return JSON.parse(literal) as string
  } catch {
    return undefined
  }
}
