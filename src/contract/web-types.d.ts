/**
 * Names that Node and every browser have and that the contract uses as types only. Declared here, so that the contract
 * is checked without Node's and without the DOM's types and can reach for neither.
 */
interface AbortSignal {
  readonly aborted: boolean
}
