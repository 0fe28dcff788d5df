import type { AccessTokens } from '../authorization-server/access-tokens.ts'
import { apiScope, writeScope } from '../authorization-server/resources.ts'
import { authorizeBearer } from '../bearer.ts'
import type { Context, OwnRoutes } from '../own-routes.ts'
import { readBody } from '../read-body.ts'

const longestNoteBytes = 1024
const mostNotes = 100

/** Notes in memory, for everybody with the scope: reading wants one scope, writing another. */
export function noteRoutes(accessTokens: AccessTokens, resourceMetadata: string): OwnRoutes {
  const notes: { from: string; text: string }[] = []
  const answer: Record<string, (ctx: Context, from: string) => Promise<void> | void> = {
    GET: (ctx) => void (ctx.body = { notes }),
    POST: async (ctx, from) => {
      const text = await readBody(ctx.req, longestNoteBytes)
      notes.splice(0, notes.length - mostNotes + 1)
      notes.push({ from, text })
      ctx.status = 201
      ctx.body = { notes: notes.length }
    },
    DELETE: (ctx) => {
      notes.length = 0
      ctx.status = 204
    },
  }
  return {
    '/api/notes': {
      methods: Object.keys(answer),
      handle: async (ctx) => {
        const scope = ctx.method === 'GET' ? apiScope : writeScope
        const token = await authorizeBearer(ctx, accessTokens, { scope, resourceMetadata })
        if (token) await answer[ctx.method]?.(ctx, token.sub)
      },
    },
  }
}
