import { contentSecurityPolicy } from '../pages/style.ts'

/** What is needed of a Koa context to answer with a page. */
interface PageContext {
  type: string
  body: unknown
  set(field: string, value: string): void
}

/** Answers with a page: not stored, not framed, no script, no referrer. The status stays as it is. */
export function respondWithPage(ctx: PageContext, html: string): void {
  ctx.type = 'html'
  ctx.set('Cache-Control', 'no-store')
  ctx.set('Content-Security-Policy', contentSecurityPolicy)
  ctx.set('Referrer-Policy', 'no-referrer')
  ctx.set('X-Content-Type-Options', 'nosniff')
  ctx.body = html
}
