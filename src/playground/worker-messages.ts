import { PlaygroundError, type PlaygroundErrorCode } from './playground-error.ts'
import type { PlaygroundInfo, PlaygroundOptions } from './playground-info.ts'

/** The options that can cross to the worker (an AbortSignal cannot). */
export type WorkerOptions = Omit<PlaygroundOptions, 'signal' | 'inWorker'>

/** What the worker tells its parent; the parent only ever says 'stop'. */
export type WorkerMessage =
  | { kind: 'listening'; info: PlaygroundInfo }
  | { kind: 'failed'; message: string; code: PlaygroundErrorCode | undefined }

/** The message that carries an error to the parent. */
export function toFailedMessage(error: unknown): WorkerMessage {
  const message = error instanceof Error ? error.message : String(error)
  return { kind: 'failed', message, code: error instanceof PlaygroundError ? error.code : undefined }
}

/** The error that a 'failed' message carried. */
export function toError(message: Extract<WorkerMessage, { kind: 'failed' }>): Error {
  return message.code ? new PlaygroundError(message.code, message.message) : new Error(message.message)
}
