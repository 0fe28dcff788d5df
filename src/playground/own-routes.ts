import type { KoaContextWithOIDC } from 'oidc-provider'

/** What a handler of ours gets. `ctx.oidc` is there on routes of oidc-provider only. */
export type Context = KoaContextWithOIDC

/** Answers one request. */
type Handler = (ctx: Context) => Promise<void> | void

/**
 * Routes that are not oidc-provider's, by path: `/api/echo`, or `/interaction/` (with the slash) for all below it. Each
 * says which methods it takes; undefined takes all.
 */
export type OwnRoutes = Record<string, { methods?: string[]; handle: Handler }>

/** The route of a path: its own, else the one for all below its folder. */
export function findRoute(routes: OwnRoutes, path: string): OwnRoutes[string] | undefined {
  if (Object.hasOwn(routes, path)) return routes[path]
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  return folder !== '/' && Object.hasOwn(routes, folder) ? routes[folder] : undefined
}
