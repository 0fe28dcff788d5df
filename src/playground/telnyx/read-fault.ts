import { ApiError, invalidField, type Issue } from './api-error.ts'
import { issuesOf, oneOf, truth, type Checks } from './check-fields.ts'
import { faultKinds, type Fault } from './faults.ts'

const longestDelayMs = 600_000

const checks: Checks = {
  match: (value) =>
    isMatch(value) ? undefined : 'must have a path (with * at its end: all below), and may have a method',
  fault: oneOf(faultKinds),
  status: (value) => integer(value, 400, 599),
  shape: oneOf(['oauth', 'envelope']),
  fields: (value) =>
    Array.isArray(value) && value.every((item) => typeof item === 'string') ? undefined : 'must be texts',
  delay_ms: (value) => integer(value, 0, longestDelayMs),
  retry_after: (value) =>
    typeof value === 'string' && /^[\x20-\x7e]{1,40}$/.test(value) ? undefined : integer(value, 0, 86_400),
  retry_after_ms: (value) => integer(value, 0, longestDelayMs),
  should_retry: truth,
  times: (value) => integer(value, 1, 1_000_000),
  after: (value) => integer(value, 0, 1_000_000),
}

/**
 * A fault as a test asks for it.
 * @throws ApiError 422 that has every issue with its pointer.
 */
export function readFault(body: Record<string, unknown>): Fault {
  const missing = ['match', 'fault'].filter((name) => body[name] === undefined)
  const issues: Issue[] = [
    ...missing.map((name) => invalidField(`/${name}`, `${name} is missing.`, '10004')),
    ...issuesOf(body, checks),
  ]
  if (issues.length > 0) throw new ApiError(422, issues)
  const status = body['fault'] === 'html' ? 502 : 500
  return { status, shape: 'envelope', fields: [], times: 1, after: 0, ...(body as Pick<Fault, 'match' | 'fault'>) }
}

function isMatch(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const { method, path, ...rest } = value as Record<string, unknown>
  const isMethod = method === undefined || (typeof method === 'string' && /^[A-Z]{1,10}$/.test(method))
  return isMethod && typeof path === 'string' && path.startsWith('/') && Object.keys(rest).length === 0
}

function integer(value: unknown, least: number, most: number): string | undefined {
  const isGood = Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most
  return isGood ? undefined : `must be a whole number from ${least} to ${most}`
}
