import type { FormDraft } from './form-draft.ts'

/** What somebody chose for a secret: the name that the file refers to, and the value typed for it, if any. */
export interface SecretChoice {
  name: string
  value: string
}

/** The typed values after a choice: the one under the name before goes, the one chosen comes. */
export function typedAfter(
  typed: FormDraft['typed'],
  before: string | undefined,
  choice: SecretChoice | undefined,
): FormDraft['typed'] {
  const { [before ?? '']: _before, ...others } = typed
  return choice && choice.value !== '' ? { ...others, [choice.name]: choice.value } : others
}

/** The name proposed for a secret of a profile; also the end of an environment variable: small letters, digits, `_`. */
export function proposedSecretName(profile: string, ...parts: string[]): string {
  return [profile, ...parts]
    .join('_')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 100)
}
