import type { AddressReading } from '../../contract/commands.ts'
import { type ProblemError, problem } from '../problems/problem-error.ts'
import { configurationEntries } from './configuration-entries.ts'
import { readConfiguration } from './read-configuration.ts'
import { issuerOfEndpoint, issuerOfMetadata } from './issuer-of-address.ts'
import { readServiceName, withKnownIssuer } from './profile-templates.ts'
import { findAuthorizationRequest, readAuthorizationRequest } from './read-authorization-request.ts'

const maximumCharacters = 32_768
/** a collection of requests may be long */
const maximumConfigurationCharacters = 262_144
const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i
const bareHost =
  /^(?<host>\[[0-9a-f:.]+\]|[\p{L}\p{N}_-]{1,63}(?:\.[\p{L}\p{N}_-]{1,63})*\.?)(?<port>:\d{1,5})?(?=$|[/?#])/iu

/**
 * Reads what a person pasted: an issuer, the address of metadata, a sign-in address from the browser bar, any other
 * address of a server, a host name, or a piece of configuration. Touches no server. State, nonce and other values of one sign-in are not kept.
 * @throws ProblemError parameter-invalid; the text is never quoted, since it may hold a secret
 */
export function readAddress(text: string): AddressReading {
  return readServiceName(text) ?? withKnownIssuer(readAnything(text))
}

function readAnything(text: string): AddressReading {
  const entries = text.length <= maximumConfigurationCharacters ? configurationEntries(text) : undefined
  return (entries && readConfiguration(entries)) ?? readUrl(text)
}

function readUrl(text: string): AddressReading {
  const { url, typed, guessed } = toUrl(clean(text))
  if (url.username || url.password) throw refused('It carries a user name or password; leave them out.')
  const request = findAuthorizationRequest(url)
  if (request) return readAuthorizationRequest(request)
  if (url.searchParams.has('code') || url.searchParams.has('error')) {
    throw refused('It is the answer to a sign-in (it carries a code or an error), not the address of a server.')
  }
  const fromMetadata = issuerOfMetadata(url)
  if (fromMetadata) return { values: { issuer: fromMetadata }, read: 'Read as the address of metadata.' }
  const fromEndpoint = issuerOfEndpoint(url)
  if (fromEndpoint) {
    return { values: { issuer: fromEndpoint }, read: 'Read as an endpoint; the issuer is what its path suggests.' }
  }
  return readIssuer(url, { typed, guessed })
}

/** An issuer has no query and no fragment (RFC 8414 §2); its last slash counts, so it stays as it was typed. */
function readIssuer(url: URL, { typed, guessed }: { typed: string; guessed: boolean }): AddressReading {
  const path = url.pathname === '/' && !/^[^/?#]*\/\/[^/?#]*\//.test(typed) ? '' : url.pathname
  const dropped = url.search || url.hash ? ' What followed ? or # was left out.' : ''
  const read = guessed ? `Read as a host name; ${url.protocol}// was put before it.` : 'Read as an issuer.'
  return { values: { issuer: `${url.origin}${path}` }, read: read + dropped }
}

/** Takes away what comes along when text is copied: space, quotes, angle brackets, line breaks of a mail, HTML's `&amp;`. */
function clean(text: string): string {
  if (text.length > maximumCharacters) throw refused(`It has more than ${maximumCharacters} characters.`)
  let cleaned = text.replaceAll(/[\u200B\u2060\uFEFF]/g, '').trim()
  for (let before = ''; before !== cleaned;) {
    before = cleaned
    cleaned = cleaned.replace(/^(["'`<„“”‘’«»])(.*?)["'`>“”‘’«»]$/su, '$2').trim()
  }
  cleaned = cleaned.replaceAll(/\s*[\r\n]+\s*/g, '').replaceAll('&amp;', '&')
  if (cleaned === '') throw refused('There is nothing in it.')
  if (/\s/.test(cleaned)) throw refused('There is a space in it; paste the address alone.')
  return cleaned
}

function toUrl(text: string): { url: URL; typed: string; guessed: boolean } {
  if (/^https?:\/\//i.test(text)) return { url: parse(text), typed: text, guessed: false }
  const bare = text.replace(/^\/\//, '')
  const host = hostOf(bare)
  if (host === undefined) throw noAddress(text)
  const typed = `${loopback.test(host) ? 'http' : 'https'}://${bare}`
  return { url: parse(typed), typed, guessed: true }
}

/** The host that a text without a scheme begins with; undefined when that is no host name. */
function hostOf(text: string): string | undefined {
  const { host, port } = bareHost.exec(text)?.groups ?? {}
  // A JWT has dots as a host name has; its first part always begins so.
  if (!host || host.startsWith('eyJ')) return undefined
  return port || /[.:]/.test(host) || loopback.test(host) ? host : undefined
}

function parse(text: string): URL {
  if (URL.canParse(text)) return new URL(text)
  throw refused('It is written in a way that no address can be.')
}

function noAddress(text: string): ProblemError {
  // Only what is a scheme for certain is quoted: the text before a colon may be a user name.
  const scheme = /^([a-z][a-z0-9+.-]{0,20}):\/\/|^(about|data|file|javascript|mailto|urn):/i.exec(text)?.[0]
  return refused(
    scheme
      ? `It begins with ${scheme} where an address of a server begins with https:// or http://.`
      : 'It is neither an address nor a host name.',
  )
}

function refused(detail: string): ProblemError {
  return problem('parameter-invalid', `This cannot be read as an address. ${detail}`, {
    whatToDo: [
      'Paste an issuer such as https://login.example.test, or the address from the browser while it shows the sign-in page.',
    ],
  })
}
