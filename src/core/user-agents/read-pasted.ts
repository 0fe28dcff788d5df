import { problem, type ProblemError } from '../problems/problem-error.ts'
import {
  hasResponseParameter,
  keepsPairs,
  pairsOf,
  redirectTargetOf,
  withoutRegistered,
  type RedirectTarget,
} from '../redirects/match-redirect-uri.ts'
import type { ReceivedRedirect } from './user-agent.ts'

const longest = 64 * 1024
const answerNames = ['code', 'error', 'response', 'access_token', 'id_token']

/**
 * Reads what a person pasted as an authorization response: the address the browser ended at, its query or fragment, or
 * the code alone. An address that is not the redirect URI is read when it carries an answer, for it may have been
 * rewritten on its way. A bare code comes without state; percent-encoding in it is undone, as an address bar shows it
 * encoded.
 * @throws ProblemError `authorization-response-invalid` that says what to paste
 */
export function readPasted(text: string, redirectUri: string): ReceivedRedirect {
  const target = redirectTargetOf(redirectUri)
  if (text.length > longest) throw unreadable(`The text is longer than ${longest / 1024} KiB.`, redirectUri)
  const pasted = unwrap(text)
  if (pasted === '') throw unreadable('Nothing was pasted.', redirectUri)
  if (isBareCode(pasted)) return fromCode(pasted, target)
  const address = addressIn(pasted, target)
  const redirect = address ? fromAddress(address, target) : fromQuery(pasted, target)
  if (redirect.parameters.some(([name]) => answerNames.includes(name))) return redirect
  throw unreadable(reasonFor(redirect), redirectUri)
}

/** Takes away what mail clients, terminals and developer tools put around and into an address. */
function unwrap(text: string): string {
  const joined = text
    .replace(/^[ \t]*(?:>[ \t]*)+/gm, '')
    .replace(/=?[ \t]*\r?\n[ \t]*/g, (match, offset: number, whole: string) => joinLine(match, whole.slice(0, offset)))
    .replace(/[\u200b\u2060\ufeff\u00ad]/g, '')
    .trim()
  const bare = joined.replace(/^(?:location:|GET |POST )\s*/i, '').replace(/ HTTP\/[\d.]+$/i, '')
  const quotes = /^(?:<([^]*)>|"([^]*)"|'([^]*)'|`([^]*)`|“([^]*)”|«([^]*)»|\(([^]*)\))[.,;]?$/
  const inner = quotes
    .exec(bare)
    ?.slice(1)
    .find((part) => part !== undefined)
  return (inner ?? bare).trim().replace(/&amp;/g, '&')
}

/** A line that ends in `=` was either cut by a mail client or ends in an empty value; the latter is rarer. */
function joinLine(match: string, before: string): string {
  return match.startsWith('=') && /[?&][\w.-]+$/.test(before) ? '=' : ''
}

function isBareCode(text: string): boolean {
  return /^[^\s=&?#]+={0,2}$/.test(text) && !/^[a-z][a-z0-9+.-]*:\/\//i.test(text) && text.length >= 4
}

function fromCode(text: string, target: RedirectTarget): ReceivedRedirect {
  const code = decode(text)
  return {
    url: extend(target, new URLSearchParams({ code }).toString()),
    method: 'GET',
    parameters: [['code', code]],
    via: 'paste',
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** A whole address; one without its scheme counts when it begins with the redirect URI's host, or with its path. */
function addressIn(text: string, { url }: RedirectTarget): URL | null {
  if (url.host !== '' && text.toLowerCase().startsWith(url.host)) return URL.parse(`${url.protocol}//${text}`)
  if (/^\/[^/]/.test(text)) return URL.parse(text, url.href)
  return /^[a-z][a-z0-9+.-]*:[^=]*[?#]/i.test(text) || /^https?:\/\//i.test(text) ? URL.parse(text) : null
}

function fromAddress(address: URL, target: RedirectTarget): ReceivedRedirect {
  const query = [...address.searchParams]
  const fragment = pairsOf(address.hash.slice(1))
  const inQuery = hasResponseParameter(withoutRegistered(target, query))
  const parameters = !inQuery && hasResponseParameter(fragment) ? fragment : query
  return { url: address.href, method: 'GET', parameters, via: 'paste' }
}

function fromQuery(text: string, target: RedirectTarget): ReceivedRedirect {
  const mark = /^[^=]*?[?#]/.exec(text)?.[0] ?? ''
  const encoded = text.slice(mark.length)
  const parameters = pairsOf(encoded)
  const sent = new URLSearchParams(parameters).toString()
  return {
    url: mark.endsWith('#') ? `${target.uri}#${sent}` : extend(target, sent, parameters),
    method: 'GET',
    parameters,
    via: 'paste',
  }
}

/** The redirect URI with a query added; a query that repeats the registered one takes its place. */
function extend(target: RedirectTarget, query: string, parameters: [string, string][] = []): string {
  if (target.pairs.length === 0) return `${target.uri}?${query}`
  return keepsPairs(target, parameters) ? `${target.uri.split('?', 1)[0]}?${query}` : `${target.uri}&${query}`
}

function reasonFor({ parameters }: ReceivedRedirect): string {
  const names = new Set(parameters.map(([name]) => name))
  if (names.has('client_id') && (names.has('response_type') || names.has('request_uri'))) {
    return 'This is the address of the authorization request, not the one the browser ends at.'
  }
  return 'There is no code and no error in it.'
}

function unreadable(reason: string, redirectUri: string): ProblemError {
  return problem('authorization-response-invalid', `${reason} It cannot be read as an authorization response.`, {
    specification: 'RFC 6749 §4.1.2',
    whatToDo: [
      `After signing in, copy the whole address from the browser's address bar: it begins with ${redirectUri} and carries code=… or error=…`,
      'The page there may fail to load: the address alone matters',
      'When the browser ends at an error page of the server, use "The browser shows an error" and paste its text',
    ],
  })
}
