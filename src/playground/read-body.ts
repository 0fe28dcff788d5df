import type { IncomingMessage } from 'node:http'

/** Thrown when a request body is larger than its limit. */
class BodyTooLargeError extends Error {
  readonly status = 413
  readonly expose = true

  constructor(limitBytes: number) {
    super(`The request body is larger than ${limitBytes} bytes.`)
    this.name = 'BodyTooLargeError'
  }
}

/**
 * The whole body of a request as text.
 * @throws BodyTooLargeError
 */
export async function readBody(request: IncomingMessage, limitBytes: number): Promise<string> {
  // Told before anything is read: a stream that is left half-way breaks its connection, and the answer with it.
  if (Number(request.headers['content-length'] ?? 0) > limitBytes) throw new BodyTooLargeError(limitBytes)
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += (chunk as Buffer).length
    if (size > limitBytes) throw new BodyTooLargeError(limitBytes)
    chunks.push(chunk as Buffer)
  }
  return Buffer.concat(chunks).toString('utf8')
}
