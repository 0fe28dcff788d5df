import { problem } from '../problems/problem-error.ts'

const pattern = /^[A-Za-z0-9_.-]{1,100}$/

/** Tells whether a text can name a secret: letters, digits, `_`, `-`, `.`, at most 100. */
export function isSecretName(name: string): boolean {
  return pattern.test(name)
}

/**
 * Answers the name when it can name a secret.
 * @throws ProblemError parameter-invalid
 */
export function checkSecretName(name: string): string {
  if (isSecretName(name)) return name
  // SECURITY: the text is not quoted: somebody may have put the secret itself there.
  throw problem('parameter-invalid', 'The name of a secret has letters, digits, _, - and . only, 1 to 100 of them.', {
    whatToDo: ['Give it a name such as acme_prod.'],
  })
}

/** The environment variable that can hold a secret: `acme-prod` is in `GRANTLAB_SECRET_ACME_PROD`. */
export function environmentNameOf(name: string): string {
  return `GRANTLAB_SECRET_${name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}`
}
