import { renderErrorDocument } from '../pages/error-page.ts'
import { json, page, type Answer } from './answer.ts'
import { ApiError, errorBody } from './api-error.ts'
import type { Fault } from './faults.ts'

const codes: Record<number, string> = { 401: '10009', 403: '10010', 404: '10005', 429: '10011', 500: '10007' }

/** The answer that a fault gives in the place of the work, if it is of that kind. */
export function answerInstead(fault: Fault | undefined): Answer | undefined {
  if (fault?.fault === 'html') {
    const fields = { error: 'bad_gateway', error_description: 'A page where JSON was expected, as was asked for.' }
    return page(fault.status, renderErrorDocument(fields))
  }
  if (fault?.fault !== 'status') return undefined
  const error = new ApiError(fault.status, {
    code: codes[fault.status] ?? '10015',
    detail: 'A fault, as was asked for.',
  })
  return json(fault.status, errorBody(error, fault.shape), retryHeaders(fault))
}

function retryHeaders({ retry_after, retry_after_ms, should_retry }: Fault): Record<string, string> {
  const headers = { 'retry-after': retry_after, 'retry-after-ms': retry_after_ms, 'x-should-retry': should_retry }
  const given = Object.entries(headers).filter(([, value]) => value !== undefined)
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]))
}

/** The answer as a fault of its content makes it. */
export function spoil(answer: Answer, fault: Fault | undefined): Answer {
  switch (fault?.fault) {
    case 'wrong-content-type':
      return { ...answer, headers: { ...answer.headers, 'content-type': 'text/plain; charset=utf-8' } }
    case 'bad-json':
      return { ...answer, body: answer.body.slice(0, Math.ceil(answer.body.length / 2)) }
    case 'empty-page':
      return changeBody(answer, (body) => ({ ...body, data: [] }))
    case 'missing-meta':
      return changeBody(answer, (body) => withoutMeta(body, fault.fields))
    default:
      return answer
  }
}

function changeBody(answer: Answer, change: (body: Record<string, unknown>) => object): Answer {
  if (!answer.headers['content-type']?.startsWith('application/json')) return answer
  return { ...answer, body: JSON.stringify(change(JSON.parse(answer.body) as Record<string, unknown>)) }
}

function withoutMeta({ meta, ...rest }: Record<string, unknown>, fields: readonly string[]): object {
  if (fields.length === 0) return rest
  const kept = Object.entries(meta ?? {}).filter(([name]) => !fields.includes(name))
  return { ...rest, meta: Object.fromEntries(kept) }
}
