import * as z from 'zod'
import { problemList, type ProblemCode } from '../../contract/problem.ts'

// What a stranger's file must look like before anything of Grantlab reads it. What is not named here stays and is never
// relied on; the type of the list makes sure that no event is forgotten.

/** A text. */
export const text = z.string()
/** A whole number, not below 0. */
export const count = z.number().int().nonnegative()
/** Milliseconds. */
export const ms = z.number()
/** Any JSON. */
export const json = z.json()
/** A JSON object. */
export const object = z.record(z.string(), json)
/** Names with their values. */
export const pairs = z.array(z.tuple([text, text]))
/** The step an event belongs to. */
export const step = text.nullable()
const bodyId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/)

/** A problem. */
export const problem = z.looseObject({
  code: z.enum(Object.keys(problemList) as [ProblemCode, ...ProblemCode[]]),
  title: text,
  detail: text,
  step: text.optional(),
  exchange: text.optional(),
  specification: text.optional(),
  whatToDo: z.array(text).optional(),
  place: z
    .looseObject({ file: text.optional(), line: count.optional(), column: count.optional(), pointer: text.optional() })
    .optional(),
  oauth: z.looseObject({ error: text, error_description: text.optional(), error_uri: text.optional() }).optional(),
  status: count.optional(),
  fields: z.array(z.looseObject({ name: text, detail: text })).optional(),
  page: count.optional(),
})

const body = z.looseObject({
  id: bodyId,
  kind: z.enum(['text', 'binary']),
  mediaType: text,
  bytes: count,
  characters: count,
  inline: text.optional(),
  truncated: z.boolean().optional(),
})

/** A recorded request. */
export const request = z.looseObject({ method: text, url: text, headers: pairs, body: body.optional() })
/** A recorded answer. */
export const response = z.looseObject({
  httpVersion: text,
  status: count,
  statusText: text,
  headers: pairs,
  body: body.optional(),
  wireBytes: count,
})
/** Timings of an exchange. */
export const timings = z.object({
  dnsMs: ms.optional(),
  connectMs: ms.optional(),
  proxyMs: ms.optional(),
  tlsMs: ms.optional(),
  sendMs: ms.optional(),
  waitMs: ms.optional(),
  receiveMs: ms.optional(),
  totalMs: ms,
})
const certificate = z.looseObject({
  subject: text,
  issuer: text,
  subjectAltName: text.optional(),
  validFrom: text,
  validTo: text,
  fingerprint256: text,
  serialNumber: text,
  pem: text,
})
/** A connection with its TLS. */
export const connection = z.looseObject({
  remoteAddress: text.optional(),
  remotePort: count.optional(),
  reused: z.boolean(),
  proxy: text.optional(),
  tls: z
    .looseObject({
      protocol: text,
      cipher: text,
      serverName: text.optional(),
      authorized: z.boolean(),
      authorizationError: text.optional(),
      chain: z.array(certificate),
    })
    .optional(),
})
const tokenKind = z.enum(['access_token', 'id_token', 'refresh_token'])
/** Facts of a token. */
export const token = z.looseObject({
  kind: tokenKind,
  format: z.enum(['jwt', 'jwe', 'opaque']),
  fingerprint: text,
  length: count,
  header: object.optional(),
  claims: object.optional(),
  tokenType: text.optional(),
  scope: text.optional(),
  receivedAt: text,
  expiresAt: text.optional(),
  kept: z.boolean().optional(),
})
/** A registered client. */
export const client = z.looseObject({
  client_id: text,
  client_name: text.optional(),
  client_type: text.optional(),
  token_endpoint_auth_method: text.optional(),
  grant_types: z.array(text).optional(),
  response_types: z.array(text).optional(),
  redirect_uris: z.array(text).optional(),
  scope: text.optional(),
  further: object,
})
const grant = z.looseObject({ id: text, client_id: text, scopes: z.array(text), further: object })
/** A row of a list. */
export const row = z.union([
  z.looseObject({ kind: z.literal('client'), client }),
  z.looseObject({ kind: z.literal('grant'), grant }),
])
const part = z.looseObject({ state: text, reason: text })
/** A verdict on a token. */
export const verdict = z.looseObject({
  verdict: z.enum(['valid', 'invalid', 'not-verified']),
  headline: text,
  signature: part,
  time: part,
  claims: part,
  reason: text,
  checks: z.array(
    z.looseObject({
      id: text,
      subject: text,
      title: text,
      holds: z.boolean().nullable(),
      expected: text,
      actual: text,
      why: text.optional(),
      section: text,
    }),
  ),
  at: text,
  keysFrom: text,
  kid: text.optional(),
})
/** A key. */
export const key = z.looseObject({})
/** What is wrong with a key set. */
export const fault = z.looseObject({ rule: text, detail: text, pointer: text, value: text })
/** A difference of two documents. */
export const difference = z.looseObject({
  kind: z.enum(['added', 'removed', 'changed']),
  pointer: text,
  before: text,
  after: text,
})
