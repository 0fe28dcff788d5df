import type { InspectedToken, TokenFault, TokenSegment } from '../../contract/bench/inspection.ts'
import { isJsonObject, type Json, type JsonObject } from '../../contract/json.ts'
import { decodeSegment, decodeUtf8 } from './base64url.ts'
import { readJson } from './read-json.ts'

/** A segment of a token, decoded as far as it can be. */
export interface ReadSegment {
  name: TokenSegment['name']
  encoded: string
  bytes?: Buffer
  /** of the header and of the payload */
  text?: string
  json?: Json
  isJson: boolean
  /** it decodes to an object, whole or in part */
  isReadable: boolean
  faults: TokenFault[]
}

/** A token in its parts. */
export interface ReadSegments {
  form: InspectedToken['form']
  segments: ReadSegment[]
  faults: TokenFault[]
  /** disclosures of an SD-JWT behind it */
  disclosures: number
}

const ofJws = ['header', 'payload', 'signature'] as const
const ofJwe = ['header', 'encrypted-key', 'iv', 'ciphertext', 'tag'] as const
const mostParts = 64

/** Cuts a token at its dots and decodes what stands between. @see RFC 7515 §7.1, RFC 7516 §7.1, RFC 7519 §6 */
export function readSegments(value: string): ReadSegments {
  const { compact, disclosures } = withoutDisclosures(value)
  const parts = compact.split('.', mostParts)
  const header = readSegment('header', parts[0] ?? '')
  if (!isCompact(parts, header)) return opaque
  const object = isJsonObject(header.json) ? header.json : {}
  const isJwe = parts.length === 5 || (parts.length !== 3 && Object.hasOwn(object, 'enc'))
  const names = isJwe ? ofJwe : ofJws
  const segments = parts.slice(0, names.length).map((encoded, index) => {
    const name = names[index]!
    if (index === 0) return header
    return name === 'payload' ? readPayload(encoded, object) : readBytes(name, encoded)
  })
  const formOfJws = object.alg === 'none' ? 'unsecured' : 'jws'
  const form = isJwe ? 'jwe' : formOfJws
  const isWhole = parts.length === names.length
  return { form: isWhole ? form : 'malformed', segments, faults: countFaults(parts, names.length), disclosures }
}

/** Whether a text is meant as one token, whole or damaged. */
export function isMeantAsToken(text: string): boolean {
  const parts = withoutDisclosures(text).compact.split('.', mostParts)
  return isCompact(parts, readSegment('header', parts[0]!))
}

/** An SD-JWT has disclosures and perhaps a proof behind it. @see RFC 9901 §4 */
function withoutDisclosures(value: string): { compact: string; disclosures: number } {
  const [compact = '', ...behind] = value.split('~', 1_000)
  if (behind.length === 0 || compact.split('.', 4).length !== 3) return { compact: value, disclosures: 0 }
  return { compact, disclosures: behind.filter((one) => one !== '' && !one.includes('.')).length }
}

const opaque: ReadSegments = { form: 'opaque', segments: [], faults: [], disclosures: 0 }

/** Whether somebody meant it as JWS or JWE: its header is an object, or it has the right number of dots and claims. */
function isCompact(parts: string[], header: ReadSegment): boolean {
  if (parts.length < 2) return false
  if (header.isReadable) return true
  return (parts.length === 3 || parts.length === 5) && parts.some((part) => startsObject(part))
}

/** Whether it decodes to what begins as an object of JSON. */
export function startsObject(encoded: string): boolean {
  return /^\s*\{\s*["}]/.test(Buffer.from(encoded.slice(0, 64), 'base64url').toString('latin1'))
}

function countFaults(parts: string[], wanted: number): TokenFault[] {
  const found = parts.length
  if (found === wanted) return []
  const kept = parts.slice(0, Math.min(found, wanted))
  const offset = kept.join('.').length
  const missing = found < wanted
  const what = missing ? 'it ends too early, or dots are missing' : 'there is more behind it'
  return [
    {
      id: 'segments',
      detail: `${found === mostParts ? `${found} or more` : found} parts stand between dots, and ${wanted} are wanted: ${what}, at character ${offset}.`,
      specification: wanted === 5 ? 'RFC 7516 §7.1' : 'RFC 7515 §7.1',
    },
  ]
}

function readBytes(name: TokenSegment['name'], encoded: string): ReadSegment {
  const { bytes, faults } = decodeSegment(encoded)
  return { name, encoded, ...(bytes ? { bytes } : {}), isJson: false, isReadable: false, faults }
}

function readPayload(encoded: string, header: JsonObject): ReadSegment {
  // RFC 7515 Appendix F: the content is sent in another way.
  if (encoded === '') return { ...readBytes('payload', encoded), faults: [detached] }
  if (header.b64 !== false) return readSegment('payload', encoded)
  const read: ReadSegment = {
    name: 'payload',
    encoded,
    bytes: Buffer.from(encoded),
    text: encoded,
    isJson: false,
    isReadable: false,
    faults: [],
  }
  return withJson(read, [])
}

const detached: TokenFault = {
  id: 'detached',
  detail: 'The payload is empty: it was cut out, or is sent apart from the token.',
  offset: 0,
  specification: 'RFC 7515 Appendix F',
}

function readSegment(name: 'header' | 'payload', encoded: string): ReadSegment {
  const read = readBytes(name, encoded)
  if (!read.bytes) return read
  const { text, faults } = decodeUtf8(read.bytes)
  return withJson({ ...read, text }, faults)
}

/** The JSON of a segment whose text is known. A payload that is another token, or plain text, is no object. */
function withJson(read: ReadSegment, textFaults: TokenFault[]): ReadSegment {
  const { text = '', name } = read
  const faults = [...read.faults, ...textFaults]
  if (name === 'payload' && isTokenText(text)) return { ...read, faults }
  const { value, isJson, faults: jsonFaults } = readJson(text)
  faults.push(...jsonFaults)
  if (isJson && !isJsonObject(value)) {
    const is = Array.isArray(value) ? 'a list' : value === null ? 'null' : `a ${typeof value}`
    const detail = `The ${name} is ${is}; of a JWT it must be an object.`
    faults.push({
      id: 'not-an-object',
      detail,
      offset: 0,
      inDecoded: true,
      pointer: '',
      specification: 'RFC 7519 §7.2',
    })
  }
  return {
    ...read,
    faults,
    isJson,
    isReadable: isObjectOf(value, isJson),
    ...(value === undefined ? {} : { json: value }),
  }
}

/** An object, or the beginning of one that holds something. */
function isObjectOf(value: Json | undefined, isJson: boolean): boolean {
  return isJsonObject(value) && (isJson || Object.keys(value).length > 0)
}

/** A compact JWS or JWE as text: three or five parts, the first of which decodes to an object. */
export function isTokenText(text: string): boolean {
  if (!/^\s*[\w-]{4,}\.[\w-]*\.[\w-]*(?:\.[\w-]*\.[\w-]*)?\s*$/.test(text)) return false
  return startsObject(text.trimStart())
}
