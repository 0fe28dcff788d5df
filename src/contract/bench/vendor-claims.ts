import type { CatalogueLine } from './catalogue-line.ts'
import type { ClaimRow } from './inspection.ts'

type Shape = ClaimRow['shape']

function claimsOf(
  vendor: string,
  section: string,
  claims: Record<string, [Shape, string]>,
): Record<string, CatalogueLine> {
  return Object.fromEntries(
    Object.entries(claims).map(([name, [shape, meaning]]) => [name, [shape, `${vendor}: ${meaning}`, section]]),
  )
}

/** Claims that products add and no specification has. The name alone says whose: several products may share one. */
export const vendorClaims: Record<string, CatalogueLine> = {
  ...claimsOf('Microsoft Entra', 'Microsoft identity platform, token claims', {
    aio: ['text', 'of the server’s own use.'],
    appid: ['text', 'the client the token was issued to.'],
    appidacr: ['text', 'how the client authenticated: 0 not at all, 1 secret, 2 certificate.'],
    azpacr: ['text', 'how the client authenticated: 0 not at all, 1 secret, 2 certificate.'],
    app_displayname: ['text', 'the name of the client.'],
    acrs: ['list', 'authentication contexts that the sign-in met.'],
    hasgroups: ['flag', 'the user is in more groups than the token holds.'],
    groups: ['list', 'the groups the user is in.'],
    idp: ['text', 'who signed the user in, where it was not the issuer.'],
    idtyp: ['text', 'app when the token is about a client and no user.'],
    ipaddr: ['text', 'the address the user signed in from.'],
    login_hint: ['text', 'who to ask for at the next sign-in.'],
    oid: ['text', 'the id of the user or client, the same for every client.'],
    onprem_sid: ['text', 'the id of the user in the company’s own directory.'],
    puid: ['text', 'the id of the user in the Passport system.'],
    rh: ['text', 'of the server’s own use.'],
    roles: ['list', 'the roles given to the user or client.'],
    scp: ['words', 'what the token allows, words separated by spaces; Okta has a list.'],
    tid: ['text', 'the tenant that the user signed in to.'],
    tenant_region_scope: ['text', 'the region of the tenant.'],
    unique_name: ['text', 'a name of the user, unique in no way.'],
    upn: ['text', 'the user name, as an address.'],
    uti: ['text', 'names this one token in the sign-in log.'],
    ver: ['text', 'the version of the token’s form.'],
    wids: ['list', 'the directory roles of the user.'],
    xms_cc: ['list', 'what the client is able to do.'],
    xms_edov: ['flag', 'whether the domain of the e-mail address was verified.'],
    xms_ftd: ['text', 'of the server’s own use.'],
    xms_idrel: ['text', 'how the user belongs to the tenant.'],
    xms_mirid: ['text', 'the managed identity the token was got with.'],
    xms_pl: ['text', 'the preferred language of the user.'],
    xms_st: ['json', 'the subject as the client would see it.'],
    xms_tcdt: ['time', 'when the tenant was made.'],
    xms_tpl: ['text', 'the preferred language of the tenant.'],
  }),
  ...claimsOf('Okta', 'Okta, tokens', {
    cid: ['text', 'the client the token was issued to.'],
    uid: ['text', 'the id of the user.'],
  }),
  ...claimsOf('Auth0', 'Auth0, tokens', {
    gty: ['text', 'the grant type that the token was got with.'],
    org_id: ['text', 'the organization the user signed in to.'],
    org_name: ['text', 'the name of the organization.'],
    permissions: ['list', 'what the user or client may do at the API.'],
  }),
  ...claimsOf('Keycloak', 'Keycloak, tokens', {
    'allowed-origins': ['list', 'web origins that may use the token.'],
    realm_access: ['json', 'the roles in the realm.'],
    resource_access: ['json', 'the roles at each client.'],
    session_state: ['text', 'names the session.'],
    typ: ['text', 'what the token is: ID, Bearer or Refresh.'],
    trusted_certs: ['list', 'certificates the client trusts.'],
    clientHost: ['text', 'the address of the client.'],
    clientAddress: ['text', 'the address of the client.'],
  }),
  ...claimsOf('Google', 'Google, OpenID Connect', {
    hd: ['text', 'the domain of the organization the user belongs to.'],
  }),
  ...claimsOf('Amazon Cognito', 'Amazon Cognito, tokens', {
    'cognito:groups': ['list', 'the groups the user is in.'],
    'cognito:preferred_role': ['text', 'the role of the group that counts most.'],
    'cognito:roles': ['list', 'the roles of the user’s groups.'],
    'cognito:username': ['text', 'the user name.'],
    device_key: ['text', 'the device the user signed in with.'],
    event_id: ['text', 'names the sign-in.'],
    identities: ['list', 'who signed the user in elsewhere.'],
    origin_jti: ['text', 'names the sign-in that a refresh goes back to.'],
    token_use: ['text', 'what the token is: id or access.'],
    username: ['text', 'the user name.'],
    version: ['number', 'the version of the token’s form.'],
  }),
  ...claimsOf('Firebase', 'Firebase, ID tokens', {
    firebase: ['json', 'how the user signed in, and with which identities.'],
    user_id: ['text', 'the id of the user.'],
  }),
}
