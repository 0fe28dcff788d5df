import { form } from '../form.ts'
import type { ReceivedRedirect } from '../user-agent.ts'
import { taskFor, testRedirectUri, type TestTask } from './agent-task.ts'
import { servePages, type PageRoutes, type PageServer } from './page-server.ts'

/** The redirect URI with an answer. */
export const back = `${testRedirectUri}?code=c%2F1&state=s`

/** The answer read from it. */
export const received = {
  url: back,
  method: 'GET',
  parameters: [
    ['code', 'c/1'],
    ['state', 's'],
  ],
  via: 'form',
}

/** A sign-in page that posts to /login. */
export const signInForm = `<title>Sign in</title><form method="post" action="/login?step=1">
  <input type="hidden" name="csrf" value="t&amp;1"><input name="username" autocomplete="username">
  <input type="password" name="password"><button name="go" value="in">Sign in</button><button name="go" value="x">Cancel</button></form>`

/** A sign-in that is under way at a server of these routes, from its /authorize. */
export interface StartedSignIn {
  server: PageServer
  task: TestTask
  redirect: Promise<ReceivedRedirect | null>
}

/** Serves the routes and lets the form agent sign in as alice. */
export async function signInAt(routes: PageRoutes, parts: Parameters<typeof taskFor>[1] = {}): Promise<StartedSignIn> {
  const server = await servePages(routes)
  const task = taskFor(`${server.origin}/authorize?client_id=c`, parts)
  return { server, task, redirect: form.authorize(task) }
}
