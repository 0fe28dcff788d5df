declare module 'oidc-token-hash' {
  /** Throws when `actual` is not the left-half hash of `source` for the ID token's `alg`. */
  export function validate(
    names: { claim: string; source: string },
    actual: string,
    source: string,
    alg: string,
    curve?: string,
  ): void
}
