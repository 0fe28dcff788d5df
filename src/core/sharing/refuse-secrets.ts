import { isSecretReference, type Profile } from '../../contract/profile.ts'
import { runOf } from '../../contract/run.ts'
import { LearnedValues } from '../http/masking/learned-values.ts'
import { looksLikeWords } from '../http/masking/secret-names.ts'
import { playgroundProfileName } from '../workspace/playground-profile.ts'
import type { ClearValues } from '../runs/clear-values.ts'
import { problem } from '../problems/problem-error.ts'
import type { EnginePorts } from '../ports.ts'
import type { SecretResolver } from '../vault/secret-resolver.ts'
import type { TokenStore } from '../vault/token-store.ts'
import { fingerprintsIn } from './mask-for-others.ts'
import type { RecordedRun } from './read-runs.ts'

/** Where clear values may still be known. */
export interface KnownSecrets {
  ports: Pick<EnginePorts, 'vault'>
  clearValues: Pick<ClearValues, 'get'>
  tokens: Pick<TokenStore, 'reveal'>
  secrets: Pick<SecretResolver, 'resolve'>
  workspace: { resolveProfile(name: string): Promise<Profile> }
}

/** Every clear value of these runs that this session or an open vault still knows. A locked vault is not asked. */
export async function clearValuesOf(known: KnownSecrets, runs: readonly RecordedRun[]): Promise<string[]> {
  const texts = runs.flatMap(({ events, bodies }) => [JSON.stringify(events), ...bodies.values()])
  const inMemory = new Set(texts.flatMap(fingerprintsIn))
  // A short word under a fingerprint, such as a cookie's `system-default`, is no secret that could be told from prose.
  const values = [...inMemory].map((one) => known.clearValues.get(one)).filter((one) => one && !looksLikeWords(one))
  const { state } = await known.ports.vault.facts()
  const kept = state === 'locked' ? [] : [...(await keptTokens(known, runs)), ...(await profileSecrets(known, runs))]
  return [...new Set([...values, ...kept].filter((value) => value !== undefined))]
}

async function keptTokens({ tokens }: KnownSecrets, runs: readonly RecordedRun[]): Promise<(string | undefined)[]> {
  const fingerprints = runs.flatMap(({ events }) => runOf('', events).tokens.map(({ fingerprint }) => fingerprint))
  return Promise.all([...new Set(fingerprints)].map((one) => tokens.reveal(one).catch(() => undefined)))
}

async function profileSecrets(
  { workspace, secrets }: KnownSecrets,
  runs: readonly RecordedRun[],
): Promise<(string | undefined)[]> {
  const profiles = new Set(runs.map(({ events }) => runOf('', events).profile))
  // To ask for the playground's own would start it.
  const names = [...profiles].filter((name) => name !== null && name !== playgroundProfileName) as string[]
  const found = await Promise.all(names.map((name) => workspace.resolveProfile(name).catch(() => undefined)))
  const references = found.flatMap((profile) => [
    ...Object.values(profile?.values ?? {}),
    ...(profile?.users ?? []).map(({ password }) => password),
  ])
  const wanted = [...new Set(references.filter(isSecretReference).map(({ secret }) => secret))]
  return Promise.all(
    wanted.map((name) =>
      secrets.resolve([name]).then(
        (values) => values.get(name)?.value,
        () => undefined,
      ),
    ),
  )
}

/**
 * Refuses a text that holds one of these values, in any common encoding.
 * SECURITY: everything was masked before; this keeps a gap in that from leaving the machine.
 * @throws ProblemError share-refused
 */
export function refuseSecrets(text: string, values: readonly string[]): void {
  const finder = new LearnedValues()
  for (const value of values) finder.learn(value, 'secret')
  if (finder.find(text).length === 0) return
  throw problem('share-refused', 'A secret of these runs would stand in it in clear. Nothing was written.', {
    whatToDo: ['Share the runs one by one to find the one that cannot be, and report which server it was.'],
  })
}
