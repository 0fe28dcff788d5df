import { usage } from './usage.ts'

/**
 * Reads a stream to its end as bytes.
 * @throws ProblemError parameter-invalid when it has more than `bound` bytes
 */
export async function readBounded(stream: AsyncIterable<unknown>, bound: number, what: string): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength
    if (bytes > bound) throw usage('parameter-invalid', `${what} is over ${bound} bytes.`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
