import type { IncomingMessage } from 'node:http'
import type { Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib'
import type { ClearResponse } from './exchange.ts'

/** A body as it was read. */
export type ReadBody = Pick<ClearResponse, 'body' | 'wireBytes' | 'truncated'>

/**
 * Reads an answer's body and takes off gzip, br and deflate. More than `bound` bytes, on the wire or decoded, are cut
 * off: the rest is never read, which stops an inflate bomb early. A body that does not decode is given as it came.
 * Rejects when the connection breaks first.
 */
export function readBody(response: IncomingMessage, bound: number): Promise<ReadBody> {
  return new Promise((resolve, reject) => {
    const reading: Reading = { response, bound, wire: new BoundedBytes(bound), cut: false, answer }
    let decoding: Decoding | undefined
    response.on('error', (error) => reading.cut || reject(error))
    response.on('close', () => {
      if (!response.complete && !reading.cut) reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' }))
    })
    response.on('data', (chunk: Buffer) => {
      if (reading.wire.size === 0) decoding = startDecoding(reading, chunk)
      const fits = reading.wire.add(chunk)
      decoding?.write(chunk)
      if (fits) return
      stop(reading)
      end()
    })
    response.on('end', end)
    function end(): void {
      if (decoding) decoding.end()
      else answer(reading.wire)
    }
    function answer(bytes: BoundedBytes): void {
      resolve({ body: bytes.join(), wireBytes: reading.wire.size, truncated: reading.cut })
    }
  })
}

interface Reading {
  response: IncomingMessage
  bound: number
  wire: BoundedBytes
  /** no more is read */
  cut: boolean
  answer(bytes: BoundedBytes): void
}

function stop(reading: Reading): void {
  reading.cut = true
  reading.response.destroy()
}

interface Decoding {
  write(chunk: Buffer): void
  end(): void
}

function startDecoding(reading: Reading, first: Buffer): Decoding | undefined {
  const { response } = reading
  const decoder = decoderFor(response.headers['content-encoding'], first)
  if (!decoder) return undefined
  const decoded = new BoundedBytes(reading.bound)
  decoder.on('data', (chunk: Buffer) => {
    if (decoded.add(chunk)) return
    stop(reading)
    decoder.destroy()
    reading.answer(decoded)
  })
  decoder.on('end', () => reading.answer(decoded))
  decoder.on('error', () => {
    // Part of it decoded: that part is shown. Nothing did: the bytes are shown, most often they are no gzip at all.
    if (decoded.size > 0 || !response.complete) stop(reading)
    reading.answer(decoded.size > 0 ? decoded : reading.wire)
  })
  return {
    write(chunk) {
      if (decoder.destroyed || decoder.write(chunk)) return
      response.pause()
      decoder.once('drain', () => response.resume())
    },
    end: () => decoder.end(),
  }
}

/** Bytes up to a bound. */
class BoundedBytes {
  readonly #bound: number
  readonly #chunks: Buffer[] = []
  size = 0

  constructor(bound: number) {
    this.#bound = bound
  }

  /** Takes what fits; false when something was left over. */
  add(chunk: Buffer): boolean {
    const room = this.#bound - this.size
    const fitting = chunk.length > room ? chunk.subarray(0, room) : chunk
    if (fitting.length > 0) this.#chunks.push(fitting)
    this.size += fitting.length
    return chunk.length <= room
  }

  join(): Uint8Array {
    return this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks)
  }
}

/** The decoder for a coding; none for `identity`, for codings not asked for, and for several codings on one another. */
function decoderFor(coding: string | undefined, firstChunk: Buffer): Transform | undefined {
  switch (coding?.trim().toLowerCase()) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip()
    case 'br':
      return createBrotliDecompress()
    case 'deflate':
      // RFC 9110 §8.4.1.2 wants the zlib format; some servers send the bare stream. A zlib header's low nibble is 8.
      return ((firstChunk[0] ?? 0) & 0x0f) === 8 ? createInflate() : createInflateRaw()
    default:
      return undefined
  }
}
