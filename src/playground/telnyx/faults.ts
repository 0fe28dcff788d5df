import type { ErrorShape } from './api-error.ts'

/** What goes wrong with a request. */
export const faultKinds = [
  /** an error in the place of the work */
  'status',
  /** the connection breaks before the work */
  'reset',
  /** the work is done, the headers come late or, without `delay_ms`, never */
  'slow-headers',
  /** half of the body comes late or, without `delay_ms`, never */
  'slow-body',
  /** the work is done, and the connection breaks in the middle of the answer */
  'cut-body',
  /** the right text as text/plain */
  'wrong-content-type',
  /** a page in the place of the work */
  'html',
  /** a list without its `meta`, or without the members in `fields` */
  'missing-meta',
  /** a list whose page has nothing in it */
  'empty-page',
  /** JSON that stops in the middle, in an answer that is whole */
  'bad-json',
] as const

/** A fault that waits for the requests it is for. */
export interface Fault {
  match: { method?: string; path: string }
  fault: (typeof faultKinds)[number]
  status: number
  shape: ErrorShape
  fields: string[]
  delay_ms?: number
  retry_after?: number | string
  retry_after_ms?: number
  should_retry?: boolean
  /** How many more requests get it. */
  times: number
  /** How many matching requests pass before. */
  after: number
}

/** The faults that are still to happen, in the order in which they were asked for. */
export class Faults {
  #waiting: Fault[] = []

  /** Adds one at the end. */
  add(fault: Fault): void {
    this.#waiting.push(fault)
  }

  /** Forgets all of them. */
  clear(): void {
    this.#waiting = []
  }

  /** Those that are still to happen. */
  waiting(): readonly Fault[] {
    return this.#waiting
  }

  /** The fault that this request gets, which then counts as happened. */
  take(method: string, path: string): Fault | undefined {
    const fault = this.#waiting.find((candidate) => matches(candidate, method, path) && isDue(candidate))
    if (!fault) return undefined
    fault.times -= 1
    if (fault.times <= 0) this.#waiting = this.#waiting.filter((other) => other !== fault)
    return fault
  }
}

function matches({ match }: Fault, method: string, path: string): boolean {
  if (match.method !== undefined && match.method !== method) return false
  return match.path.endsWith('*') ? path.startsWith(match.path.slice(0, -1)) : path === match.path
}

function isDue(fault: Fault): boolean {
  if (fault.after === 0) return true
  fault.after -= 1
  return false
}
