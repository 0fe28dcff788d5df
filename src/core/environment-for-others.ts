/** What of the environment Grantlab's own secrets are in. */
const own = /^GRANTLAB_(?:SECRET_.*|VAULT_PASSPHRASE)$/i

/**
 * The environment for a program of somebody else, such as a browser: without the vault's passphrase, and without the
 * secrets, those that `--secret` named among them.
 */
export function environmentForOthers(
  environment: Record<string, string | undefined>,
  secretVariables: Record<string, string> = {},
): Record<string, string | undefined> {
  const named = new Set(Object.values(secretVariables))
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !own.test(name) && !named.has(name)))
}

/** Takes the secrets out of an environment that others get by other means than ours. */
export function takeSecretsOut(
  environment: Record<string, string | undefined>,
  secretVariables?: Record<string, string>,
): void {
  const others = environmentForOthers(environment, secretVariables)
  for (const name of Object.keys(environment)) if (!Object.hasOwn(others, name)) delete environment[name]
}
