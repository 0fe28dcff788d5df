import type { JsonObject } from '../json.ts'
import { isIssuerTemplate } from '../metadata/address.ts'

/** The issuer a token must name: where metadata has a template, with the token's own tenant (`tid`) in it. */
export function expectedIssuer(issuer: string, claims: JsonObject | null): string {
  if (!isIssuerTemplate(issuer)) return issuer
  return issuer.replace(/\{[A-Za-z_]{1,40}\}/, () => String(claims?.tid))
}
