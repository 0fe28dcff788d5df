import type { RunEvent } from '../../../contract/events.ts'
import type { RecordedResponse } from '../../../contract/http.ts'

/** A body too large for the event, as `withLargeBody` names it. */
export const largeBody = {
  id: 'large',
  text: JSON.stringify({ items: Array.from({ length: 30_000 }, (_, index) => ({ index, token: 'abc' })) }),
}

function changed(events: RunEvent[], exchange: string, change: Partial<RecordedResponse>): RunEvent[] {
  return events.map((event) =>
    event.type === 'exchange.answered' && event.exchange === exchange
      ? { ...event, response: { ...event.response, ...change } }
      : event,
  )
}

/** The run with a body of more than a megabyte in its first answer. */
export function withLargeBody(events: RunEvent[]): RunEvent[] {
  const { length } = largeBody.text
  const body = {
    id: largeBody.id,
    kind: 'text' as const,
    mediaType: 'application/json',
    bytes: length,
    characters: length,
  }
  return changed(events, '1', { body })
}

/** The run with something for the rules to notice: no code challenge, a token answer that may be cached. */
export function withFindings(events: RunEvent[]): RunEvent[] {
  return changed(events, '2', { headers: [['Content-Type', 'application/json']] }).map((event) => {
    if (event.type !== 'message.recorded') return event
    const parameters = event.message.parameters.filter(([name]) => !name.startsWith('code_challenge'))
    return { ...event, message: { ...event.message, parameters } }
  })
}
