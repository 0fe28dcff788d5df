import { problemOf } from '../../contract/problem.ts'
import { looksLikeWords } from '../http/masking/secret-names.ts'
import { capsuleMarker } from '../sharing/capsule-data.ts'
import { findEmbeddedJson, findInJson, parseJson } from './find-json.ts'
import { decodeLoosely, findTokens } from './find-tokens.ts'
import { found, type Found } from './found.ts'
import { readAddress } from './read-address.ts'
import { isCurl, readCurl } from './read-curl.ts'
import { readHar } from './read-har.ts'
import { readHeaders } from './read-headers.ts'
import { readJson } from './read-json.ts'
import { isMeantAsToken, startsObject } from './read-segments.ts'

/** A longer text is refused. */
export const longestText = 64 * 1024 * 1024
/** Beyond it only what is JSON as a whole is read. */
const longestProse = 8 * 1024 * 1024

/** What is understood, for a person. */
export const whatIsRead =
  'a JWT or an opaque token, a token response, an Authorization or DPoP header, a callback address, a cURL command, a HAR or a capsule'

/** Tells what a text is, and takes the tokens out of it. Never throws. `name` is the file's name, where it has one. */
export function recognise(text: string, name = ''): Found {
  if (text.length > longestText) return nothing(`It has ${text.length} characters; up to ${longestText} are read.`)
  const trimmed = text.replace(/^\ufeff/, '').trim()
  if (trimmed === '') return nothing('Nothing stands in it.')
  return recogniseWhole(trimmed, name) ?? recogniseRest(trimmed, name)
}

/** A capsule, or JSON that holds something. */
function recogniseWhole(text: string, name: string): Found | undefined {
  if (text.startsWith('<') && text.includes(capsuleMarker)) {
    return found('capsule', 'A capsule: opened, it shows the runs it holds.')
  }
  const json = /^["[{]/.test(text) ? parseJson(text) : undefined
  if (json === undefined) return undefined
  // A text of JSON is what stands in it; its own quotes are gone, so that this ends.
  return typeof json === 'string' ? recognise(json, name) : (readHar(json) ?? findInJson(json))
}

/** What is neither a capsule nor JSON that holds something. */
function recogniseRest(text: string, name: string): Found {
  if (/\.har$/i.test(name) || /^\{\s*"log"\s*:/.test(text)) return brokenHar(text)
  return text.length > longestProse ? nothing('It is too long for anything but a HAR.') : recogniseProse(text)
}

/** Text that is no JSON as a whole, the surest sign first. */
function recogniseProse(text: string): Found {
  const whole = readWhole(text)
  if (whole) return whole
  if (isCurl(text)) return readCurl(text)
  const response = readHeaders(text) ?? readAddress(text) ?? findEmbeddedJson(text)
  if (response) return response
  const tokens = findTokens(text)
  if (tokens.length > 0) return tokensFound(tokens)
  return readOpaque(text) ?? nothing(notRead(text))
}

function tokensFound(tokens: Found['tokens']): Found {
  return found('token', tokens.length === 1 ? 'A token.' : `${tokens.length} tokens.`, { tokens })
}

/** A text that is one token and nothing else, also a damaged one; line breaks and quotes around it are taken away. */
function readWhole(text: string): Found | undefined {
  if (/\s/.test(text)) return undefined
  const bare = withoutQuotes(decodeLoosely(withoutQuotes(text)))
  // An address may carry a token, and is none.
  const isPlain = /^[^\s?&:]{4,}\.[^\s?&:]*$/.test(bare) || (startsObject(bare) && bare.includes('.'))
  if (!isPlain || !isMeantAsToken(bare)) return undefined
  return tokensFound([{ value: bare, label: '' }])
}

const around = `"'\`<>(),;`

/** Without what people and languages put around a text. A loop: an expression for the end tries at every place. */
function withoutQuotes(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && around.includes(text[start]!)) start++
  while (end > start && around.includes(text[end - 1]!)) end--
  return text.slice(start, end)
}

/** One word that nobody would write: long, and not of letters alone. */
function readOpaque(text: string): Found | undefined {
  const bare = withoutQuotes(text)
  const isWord = /^[\w.~+/=|:!$*@-]{16,}$/.test(bare) && /\d/.test(bare) && !looksLikeWords(bare)
  if (!isWord || isAddress(bare)) return undefined
  return found('token', 'An opaque token, to judge by its look.', { tokens: [{ value: bare, label: '' }] })
}

function isAddress(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(text) || /^(?:[a-z0-9-]{1,63}\.)+[a-z]{2,24}(?::\d+)?$/i.test(text)
}

function brokenHar(text: string): Found {
  const { faults } = readJson(text)
  const [first] = faults.filter(({ id }) => id === 'json')
  const where = first
    ? ` ${first.detail} It is at character ${first.offset}, behind ${first.pointer || 'the beginning'}.`
    : ' It has no log.entries.'
  const whatToDo = ['Save the HAR again in the developer tools: "Save all as HAR with content".']
  return found('har', 'A HAR that cannot be read.', {
    problems: [
      problemOf('file-invalid', `It is no HAR that can be read.${where}`, { specification: 'HAR 1.2', whatToDo }),
    ],
  })
}

/** Of what is often pasted here and is no token, what it is. */
function notRead(text: string): string {
  if (/-----BEGIN [A-Z ]{0,40}(?:KEY|CERTIFICATE)-----/.test(text))
    return 'It is a key or a certificate, which a token can be verified with.'
  if (/^\{[^]{0,4000}"(?:kty|keys)"\s*:/.test(text))
    return 'It is a key or a key set, which a token can be verified with.'
  if (/^\{[^]{0,4000}"issuer"\s*:/.test(text))
    return 'It is the metadata of a server; Discovery reads it at its address.'
  if (/^https?:\/\/\S+$/.test(text)) return 'It is an address without an answer in it.'
  if (/●●●●/.test(text)) return 'Its secrets are masked already.'
  return 'No token was found in it.'
}

function nothing(detail: string): Found {
  return found('nothing', detail, {
    problems: [problemOf('nothing-recognised', detail, { whatToDo: [`Paste ${whatIsRead}.`] })],
  })
}
