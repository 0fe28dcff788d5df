import type { PageFile } from '../page/page-files.ts'
import type { Refusal } from './admission.ts'
import type { Sessions } from './sessions.ts'

/** What the page server serves, and to whom. */
export interface PageServer {
  /** `http://127.0.0.1:PORT`, the only name it answers to */
  origin: string
  files: Map<string, PageFile>
  sessions: Sessions
}

/** An answer of `/session`, or a refusal. */
export type JsonAnswer = Refusal | { status: 200; session: string }
