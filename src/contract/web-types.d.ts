/**
 * Names that Node and every browser have and that the contract uses as types only. Declared here, so that the contract
 * is checked without Node's and without the DOM's types and can reach for neither.
 */
interface AbortSignal {
  readonly aborted: boolean
}

/** The WHATWG address parser, in every place that runs this code. */
declare class URL {
  constructor(url: string | URL, base?: string | URL)
  static canParse(url: string, base?: string): boolean
  static parse(url: string, base?: string): URL | null
  readonly href: string
  readonly origin: string
  readonly protocol: string
  readonly username: string
  readonly password: string
  readonly host: string
  readonly hostname: string
  readonly port: string
  readonly pathname: string
  readonly search: string
  readonly hash: string
}
