import { usage } from './usage.ts'

/** How a stream is read. */
export interface Reading {
  /** in bytes */
  bound: number
  /** names it for a person */
  what: string
  interrupted: AbortSignal
}

/**
 * Reads a stream to its end as bytes.
 * @throws ProblemError parameter-invalid when it has more bytes than its bound; cancelled when that is asked for first
 */
export async function readBounded(stream: AsyncIterable<unknown>, reading: Reading): Promise<Buffer> {
  const { interrupted } = reading
  const { promise, reject } = Promise.withResolvers<never>()
  const cancel = () => reject(usage('cancelled', `${reading.what} was not read to its end.`))
  interrupted.addEventListener('abort', cancel, { once: true })
  if (interrupted.aborted) cancel()
  try {
    // A pipe that nobody writes into has no end, nor can its opening be ended.
    return await Promise.race([promise, readAll(stream, reading)])
  } finally {
    interrupted.removeEventListener('abort', cancel)
  }
}

async function readAll(stream: AsyncIterable<unknown>, { bound, what }: Reading): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength
    if (bytes > bound) throw usage('parameter-invalid', `${what} is over ${bound} bytes.`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
