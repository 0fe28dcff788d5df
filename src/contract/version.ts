/** Grantlab's version, the same as in package.json; shown by every host and written into every run. */
export const version = '0.1.0'
