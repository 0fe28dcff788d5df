import type { ServerResponse } from 'node:http'
import type { Answer } from './answer.ts'
import type { Fault } from './faults.ts'

/** Writes an answer as a fault of the connection wants it. Settles early when the other side is gone. */
export async function sendAnswer(response: ServerResponse, answer: Answer, fault: Fault | undefined): Promise<void> {
  const body = Buffer.from(answer.body)
  const half = Math.floor(body.length / 2)
  if (fault?.fault === 'slow-headers' && !(await waits(response, fault.delay_ms))) return
  writeHead(response, answer, body.length)
  if (fault?.fault === 'cut-body') {
    // At least the headers have to be on their way before the connection breaks.
    response.flushHeaders()
    response.write(body.subarray(0, half), () => response.socket?.destroy())
    return
  }
  if (fault?.fault === 'slow-body') {
    response.write(body.subarray(0, half))
    if (await waits(response, fault.delay_ms)) response.end(body.subarray(half))
    return
  }
  response.end(body)
}

/** Breaks the connection without a word. */
export function resetConnection(response: ServerResponse): void {
  response.socket?.resetAndDestroy()
}

function writeHead(response: ServerResponse, { status, headers }: Answer, length: number): void {
  response.statusCode = status
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  if (status !== 204) response.setHeader('content-length', length)
}

/** Whether the connection was still there after the delay; without one, waits until it is gone. */
async function waits(response: ServerResponse, delayMs: number | undefined): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const timer = delayMs === undefined ? undefined : setTimeout(() => resolve(true), delayMs)
  const gone = () => resolve(false)
  // Stopping the server closes every connection, so no wait outlives it.
  response.once('close', gone)
  try {
    return !response.destroyed && (await promise)
  } finally {
    clearTimeout(timer)
    response.off('close', gone)
  }
}
