import { errors, type Configuration } from 'oidc-provider'
import { renderSignedOutPage, renderSignOutPage } from '../pages/sign-out-pages.ts'
import { respondWithPage } from './html-response.ts'

type SignOutFeature = NonNullable<NonNullable<Configuration['features']>['rpInitiatedLogout']>

/** Sign-out at the client's wish, with our own pages. @see OpenID Connect RP-Initiated Logout 1.0 */
export const signOutFeature: SignOutFeature = {
  enabled: true,
  logoutSource: (ctx) => {
    const xsrf = ctx.oidc.session?.state?.['secret']
    if (typeof xsrf !== 'string') throw new errors.InvalidRequest('no sign-out is under way')
    respondWithPage(ctx, renderSignOutPage({ action: ctx.oidc.urlFor('end_session_confirm'), xsrf }))
  },
  postLogoutSuccessSource: (ctx) => respondWithPage(ctx, renderSignedOutPage()),
}
