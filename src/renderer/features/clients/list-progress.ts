import type { Run } from '../../../contract/run.ts'
import { nextPageOf } from '../../stores/next-page.ts'

/** How far a list has come. */
export interface ListProgressWords {
  text: string
  /** of a hundred; undefined while nobody knows */
  percent?: number
}

const figure = (number: number) => number.toLocaleString('en')

/** How far a list has come, by what the server says of its pages. */
export function progressOf({ pages }: Pick<Run, 'pages'>, rows: number, noun: string): ListProgressWords {
  const last = pages.at(-1)
  if (!last) return { text: 'Asking for the first page' }
  const page =
    last.pages === undefined ? `Page ${figure(last.page)}` : `Page ${figure(last.page)} of ${figure(last.pages)}`
  const count = last.total === undefined ? figure(rows) : `${figure(rows)} of ${figure(last.total)}`
  const percent = last.pages ? Math.round((100 * last.page) / last.pages) : undefined
  return { text: `${page}, ${count} ${noun}`, ...(percent === undefined ? {} : { percent }) }
}

/** A list that ended before its end, in words. */
export interface BrokenOff {
  title: string
  detail: string
  kept: string
  action: string
}

/** What is told of a list that ended before its end; undefined for one that is whole, or that brought nothing at all. */
export function brokenOff(
  run: Pick<Run, 'pages' | 'outcome' | 'problem'>,
  rows: number,
  noun: string,
): BrokenOff | undefined {
  const page = nextPageOf(run)
  if (rows === 0 || page === undefined) return undefined
  const { pages, total } = run.pages.at(-1) ?? {}
  const at = `page ${figure(page)}${pages === undefined ? '' : ` of ${figure(pages)}`}`
  const kept = `${figure(rows)} ${total === undefined ? noun : `of ${figure(total)}`} are shown.`
  if (run.outcome === 'cancelled') {
    return { title: `Stopped before ${at}.`, detail: '', kept, action: `Go on from page ${figure(page)}` }
  }
  const detail = run.problem?.detail ?? 'Nobody knows why.'
  return { title: `P${at.slice(1)} failed:`, detail, kept, action: `Retry from page ${figure(page)}` }
}
