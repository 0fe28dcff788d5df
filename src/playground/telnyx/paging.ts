import { invalidParameter } from './api-error.ts'
import { json, type Answer } from './answer.ts'

const usualSize = 20
const largestSize = 100

/**
 * One page of a list, with all four numbers that the SDK pages by.
 * @throws ApiError 422 when a page number or size is out of its bounds.
 */
export function pageOf<Item>(items: readonly Item[], query: URLSearchParams, show: (item: Item) => unknown): Answer {
  const number = readInteger(query, 'page[number]', { usual: 1, most: Number.MAX_SAFE_INTEGER })
  const size = readInteger(query, 'page[size]', { usual: usualSize, most: largestSize })
  const start = (number - 1) * size
  const meta = {
    page_number: number,
    page_size: size,
    total_pages: Math.ceil(items.length / size),
    total_results: items.length,
  }
  return json(200, { data: items.slice(start, start + size).map(show), meta })
}

function readInteger(query: URLSearchParams, name: string, { usual, most }: { usual: number; most: number }): number {
  const text = query.get(name)
  if (text === null) return usual
  const value = /^\d{1,16}$/.test(text) ? Number(text) : 0
  if (value >= 1 && value <= most) return value
  throw invalidParameter(name, `${name} must be a whole number from 1 to ${most}.`)
}
