import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout's folder. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url))

/**
 * A path inside the checkout.
 *
 * @param {...string} parts
 */
export const inProject = (...parts) => join(ROOT, ...parts)

/** The oldest Node.js that Grantlab itself runs on. */
export const NEEDED_NODE_MAJOR = 24
