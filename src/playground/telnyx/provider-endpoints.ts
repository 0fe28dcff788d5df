import { ServerResponse, type IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import type Provider from 'oidc-provider'
import { ApiError } from './api-error.ts'
import { json, type Answer } from './answer.ts'
import { isJson, type ApiRequest } from './api-request.ts'

/** What Koa gives; it settles when the answer is ready. */
type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/** Asks oidc-provider's own handlers, and gives their answers as data. */
export class ProviderEndpoints {
  readonly #answers = new WeakMap<object, Answer>()
  readonly #handle: Handle

  constructor(provider: Provider) {
    provider.use(async (ctx, next) => {
      await next()
      this.#answers.set(ctx.req, {
        status: ctx.status,
        headers: headersOf(ctx.response.headers),
        body: textOf(ctx.body),
      })
      ctx.respond = false
    })
    this.#handle = provider.callback()
  }

  /** The answer to a request; `authorization` takes the place of the request's own header. */
  async ask(request: ApiRequest, authorization: string | undefined): Promise<Answer> {
    const { authorization: _own, 'transfer-encoding': _chunked, ...headers } = request.headers
    const body = Buffer.from(request.method === 'POST' ? formOf(request) : '')
    const form = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(body.length) }
    const copy = Object.assign(Readable.from([body]), {
      method: request.method,
      url: request.path,
      httpVersion: '1.1',
      headers: { ...headers, ...(request.method === 'POST' ? form : {}), ...(authorization ? { authorization } : {}) },
      socket: {},
    }) as unknown as IncomingMessage
    await this.#handle(copy, new ServerResponse(copy))
    const answer = this.#answers.get(copy)
    if (answer) return answer
    throw new ApiError(500, { code: '10007', detail: 'The authorization server did not answer.' })
  }
}

/** The body as a form: JSON is taken as well. @see RFC 6749 Appendix B */
export function formOf({ headers, body }: Pick<ApiRequest, 'headers' | 'body'>): string {
  if (!isJson(headers['content-type']) || body === '') return body
  const form = new URLSearchParams()
  for (const [name, value] of Object.entries(parse(body))) {
    if (value !== null && value !== undefined) form.append(name, String(value))
  }
  return form.toString()
}

function parse(body: string): object {
  try {
    const value: unknown = JSON.parse(body)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  } catch {
    // Told below, like any other text that is no object.
  }
  throw new ApiError(400, { code: '10015', detail: 'The body is not a JSON object.' })
}

function headersOf(headers: Record<string, unknown>): Answer['headers'] {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => name !== 'content-length')
      .map(([name, value]) => [name, String(value)]),
  )
}

function textOf(body: unknown): string {
  if (body === undefined || body === null) return ''
  return typeof body === 'string' ? body : JSON.stringify(body)
}

/** The answer with only these members of its JSON body. */
export function onlyMembers(answer: Answer, names: readonly string[]): Answer {
  const body = JSON.parse(answer.body) as Record<string, unknown>
  const kept = Object.fromEntries(names.filter((name) => body[name] !== undefined).map((name) => [name, body[name]]))
  const { 'content-type': _own, ...headers } = answer.headers
  return json(answer.status, kept, headers)
}
