import type { Configuration } from 'oidc-provider'
import { renderErrorDocument } from '../pages/error-page.ts'
import { respondWithPage } from './html-response.ts'

const loopbackOnly =
  "The playground's own clients take http redirect URIs on 127.0.0.1, [::1] and localhost only, with any port and path; a client that registered takes those it registered."

/** Shows an error that cannot go back to the client as a page. The status was set by oidc-provider. */
export const renderErrorPage: NonNullable<Configuration['renderError']> = (ctx, out, error) => {
  // A fault of the playground itself has no words for the outside; on one's own machine its message helps.
  const fields = ctx.status >= 500 ? { ...out, error_description: error.message } : { ...out }
  const hint = out.error === 'invalid_redirect_uri' ? loopbackOnly : undefined
  respondWithPage(ctx, renderErrorDocument(fields, hint))
}
