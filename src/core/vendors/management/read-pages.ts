import { isJsonObject, type Json, type JsonObject, type NameValue } from '../../../contract/json.ts'
import type { ParameterValues } from '../../../contract/description.ts'
import { problem, ProblemError } from '../../problems/problem-error.ts'
import { toProblem } from '../../problems/to-problem.ts'
import type { RunContext } from '../../runs/run-context.ts'
import type { Page } from '../vendor.ts'
import type { ManagementApi } from './management-api.ts'

/** A list that is read page by page. */
export interface ListOrder<Row> {
  purpose: string
  path: string
  filters: NameValue[]
  /** undefined for what is no row */
  readRow(value: Json): Row | undefined
  /** what tells rows apart */
  idOf(row: Row): string
}

interface Bounds {
  size: number
  /** the page to begin with, and the first that is not read any more */
  from: number
  end: number
}

/** What a page says of the whole. */
interface Meta {
  page?: number
  pages?: number
  total?: number
}

/** The bounds that parameters give. */
function boundsOf({ page_size, from_page, max_pages }: ParameterValues): Bounds {
  const from = Number(from_page ?? 1)
  return { size: Number(page_size ?? 100), from, end: from + Number(max_pages ?? 1000) }
}

/**
 * Reads a list of `{data, meta}` pages to its end or to the bound. What came stays when a later page does not.
 * @throws ProblemError of the first page as it is; list-incomplete with the page to go on from for every later one
 */
export async function* readPages<Row>(
  context: RunContext,
  api: ManagementApi,
  { order, parameters }: { order: ListOrder<Row>; parameters: ParameterValues },
): AsyncGenerator<Page<Row>> {
  const bounds = boundsOf(parameters)
  const walk = createWalk(context, bounds)
  for (let page = bounds.from; ; page++) {
    if (page === bounds.end) throw stoppedAtBound(page, bounds)
    const { rows, exchange, meta, count } = await readPage(api, { order, bounds, page }).catch((error: unknown) => {
      throw page === bounds.from ? error : incompleteAfter(error, page)
    })
    if (rows.length < count) tellOdd(context, count - rows.length, page)
    walk.check({ page, meta, firstId: rows[0] === undefined ? undefined : order.idOf(rows[0]) })
    const { pages, total } = meta
    yield { exchange, rows, page, ...(pages === undefined ? {} : { pages }), ...(total === undefined ? {} : { total }) }
    if (isLast({ page, meta, count, size: bounds.size })) return
  }
}

interface PageOrder<Row> {
  order: ListOrder<Row>
  bounds: Bounds
  page: number
}

async function readPage<Row>(api: ManagementApi, { order, bounds, page }: PageOrder<Row>) {
  const query: NameValue[] = [['page[number]', String(page)], ['page[size]', String(bounds.size)], ...order.filters]
  const { exchange, json } = await api.send({ purpose: order.purpose, method: 'GET', path: order.path, query })
  const body = isJsonObject(json) ? json : {}
  const data = body.data === null ? [] : body.data
  if (!Array.isArray(data)) {
    throw problem('response-unexpected', 'The answer has no list of rows (data).', {
      exchange,
      whatToDo: ['Check the address of the management API (api_base).'],
    })
  }
  return {
    exchange,
    rows: data.flatMap((one) => order.readRow(one) ?? []),
    count: data.length,
    meta: metaOf(body.meta),
  }
}

function metaOf(value: Json | undefined): Meta {
  const { page_number, total_pages, total_results }: JsonObject = isJsonObject(value) ? value : {}
  return {
    ...(isCount(page_number) ? { page: page_number } : {}),
    ...(isCount(total_pages) ? { pages: total_pages } : {}),
    ...(isCount(total_results) ? { total: total_results } : {}),
  }
}

function isCount(value: Json | undefined): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0
}

/** Without a number of pages the list ends with the first page that is not full. */
function isLast({ page, meta, count, size }: { page: number; meta: Meta; count: number; size: number }): boolean {
  if (meta.pages === undefined) return count < size
  if (page >= meta.pages) return true
  if (count === 0) throw incomplete(page, `Page ${page} of ${meta.pages} is empty.`)
  return false
}

interface Step {
  page: number
  meta: Meta
  firstId: string | undefined
}

/** Looks whether the pages lead anywhere, and says what a person must know of the list as a whole. */
function createWalk(context: RunContext, { from }: Bounds) {
  let total: number | undefined
  let earlier: string | undefined
  let isTold = false
  return {
    check({ page, meta, firstId }: Step): void {
      if (page > from) requireNew({ page, meta, firstId }, earlier)
      earlier = firstId
      if (meta.page === undefined && !isTold) tellNoMeta(context)
      isTold = meta.page === undefined
      if (total !== undefined && total !== (meta.total ?? total)) tellChange(context, { page, total, now: meta.total })
      total = meta.total ?? total
    },
  }
}

/** A server that does not count on would be read for ever. */
function requireNew({ page, meta, firstId }: Step, earlier: string | undefined): void {
  const isNew = meta.page === undefined ? firstId === undefined || firstId !== earlier : meta.page === page
  if (!isNew) throw incomplete(page, `Page ${page} was asked for, and page ${meta.page ?? page - 1} came again.`)
}

function tellNoMeta(context: RunContext): void {
  const reason = 'The answer does not say which page it is (meta): the list is read until a page is not full.'
  context.decide({ subject: 'paging', choice: 'by the rows', reason })
}

interface Change {
  page: number
  total: number
  now: number | undefined
}

function tellChange(context: RunContext, { page, total, now }: Change): void {
  const reason = `There were ${total}, now there are ${now}: a row may be missing, or stand there twice.`
  context.decide({ subject: 'the list changed while it was read', choice: `page ${page}`, reason })
}

function tellOdd(context: RunContext, count: number, page: number): void {
  const reason = 'They have no id, so nothing could be done with them; the answer has them.'
  context.decide({ subject: 'rows left out', choice: `${count} of page ${page}`, reason })
}

function incomplete(page: number, why: string, cause?: unknown): ProblemError {
  return problem('list-incomplete', `${why} What came before it is kept.`, {
    page,
    ...(cause === undefined ? {} : { cause }),
    whatToDo: [`Go on from there (from_page ${page}).`],
  })
}

/** The facts of what happened stay: status, exchange, the server's own words. */
function incompleteAfter(error: unknown, page: number): unknown {
  const found = toProblem(error)
  if (found.code === 'cancelled' || found.code === 'internal') return error
  const { problem: told } = incomplete(page, `${found.title}: ${found.detail}`, error)
  const { whatToDo = [], code: _code, title: _title, ...facts } = found
  return new ProblemError({ ...facts, ...told, whatToDo: [...(told.whatToDo ?? []), ...whatToDo] }, error)
}

function stoppedAtBound(page: number, { from }: Bounds): ProblemError {
  const { problem: told } = incomplete(page, `${page - from} pages were read, as many as were asked for (max_pages).`)
  return new ProblemError(told)
}
