import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createHome, playgroundAccess, problemOfWork } from '../workspace/testing/workspace-fixture.ts'
import { createSecretResolver } from './secret-resolver.ts'

let home: Awaited<ReturnType<typeof createHome>>
beforeEach(async () => {
  home = await createHome()
})
afterEach(() => home.remove())

test('the first place that has a secret wins', async () => {
  await writeFile(
    join(home.ports.workingFolder, 'ci.env'),
    'GRANTLAB_SECRET_B=file-b\nb=file-name\nc="file c"\n# d=x\n',
  )
  for (const name of ['a', 'b', 'c', 'd', 'playground_confidential']) await home.ports.vault.set(name, `vault-${name}`)
  const secrets = createSecretResolver({
    ...home.ports,
    environment: { MY_A: 'flag-a', GRANTLAB_SECRET_A: 'env-a', GRANTLAB_SECRET_B: '', GRANTLAB_SECRET_X_Y: 'env-x' },
    secretVariables: { a: 'MY_A' },
    environmentFile: 'ci.env',
    playground: async () => playgroundAccess,
  })
  const names = [
    'a',
    'b',
    'c',
    'd',
    'x-y',
    'playground_confidential',
    'playground_confidential_post',
    'playground_user_bob',
  ]
  const found = await secrets.resolve(names)
  expect(Object.fromEntries([...found].map(([name, { value }]) => [name, value]))).toEqual({
    a: 'flag-a',
    b: 'file-b',
    c: 'file c',
    d: 'vault-d',
    'x-y': 'env-x',
    playground_confidential: 'vault-playground_confidential',
    playground_confidential_post: 'clear-post',
    playground_user_bob: 'clear-bob',
  })
  // Only what the vault holds is bound: whoever names a variable chose by that.
  expect([...found].filter(([, { binding }]) => binding).map(([name]) => name)).toEqual([
    'd',
    'playground_confidential',
  ])
  const use = new Map([
    ['x-y', ['acme', 'beta']],
    ['nowhere', ['acme']],
  ])
  expect(
    (await secrets.list(use)).map(({ name, from, usedBy, savedAt }) => [name, from, usedBy, Boolean(savedAt)]),
  ).toEqual([
    ['a', 'environment variable MY_A', [], false],
    ['b', 'environment file', [], false],
    ['c', 'environment file', [], false],
    ['d', 'memory', [], true],
    ['playground_confidential', 'memory', [], true],
    ['x-y', 'environment variable GRANTLAB_SECRET_X_Y', ['acme', 'beta'], false],
  ])
})

test('one problem names all secrets without a value, where Grantlab looked and how to set them', async () => {
  const secrets = createSecretResolver({
    ...home.ports,
    secretVariables: { chosen: 'CI_SECRET' },
    environment: { GRANTLAB_SECRET_CHOSEN: 'of another place' },
  })
  const found = await problemOfWork(secrets.resolve(['acme_prod', 'acme-dev', 'acme_prod', 'chosen']))
  expect(found).toMatchObject({ code: 'secret-missing' })
  expect(found.detail).toBe(
    'These have no value here: acme_prod, acme-dev, chosen. ' +
      'chosen is to be in the environment variable CI_SECRET, which is not set. ' +
      'Looked in the environment (GRANTLAB_SECRET_ACME_PROD, GRANTLAB_SECRET_ACME_DEV), the vault.',
  )
  expect(found.whatToDo).toContain('Set the environment variable GRANTLAB_SECRET_ACME_DEV.')
  expect(found.whatToDo).toContain('Set the environment variable CI_SECRET.')
  expect(await secrets.missing(['acme_prod', 'chosen'])).toEqual(['acme_prod', 'chosen'])
})

test('a missing or broken environment file is a clear problem, once it is needed', async () => {
  await home.ports.vault.set('a', 'x')
  const secrets = createSecretResolver({
    ...home.ports,
    environment: { GRANTLAB_SECRET_B: 'y' },
    environmentFile: 'no.env',
  })
  expect((await secrets.resolve(['b'])).get('b')).toEqual({ value: 'y' })
  const path = join(home.ports.workingFolder, 'no.env')
  expect(await problemOfWork(secrets.resolve(['a']))).toMatchObject({ code: 'file-invalid', place: { file: path } })
  await writeFile(path, Buffer.from([0x61, 0x3d, 0xff]))
  expect(await problemOfWork(secrets.resolve(['a']))).toMatchObject({ code: 'file-invalid' })
})

test('the playground is started by its own names only, and never for a list', async () => {
  let starts = 0
  const secrets = createSecretResolver({
    ...home.ports,
    playground: async () => {
      starts++
      return playgroundAccess
    },
  })
  expect(await secrets.missing(['playground_confidential', 'other'])).toEqual(['other'])
  expect(await secrets.list(new Map([['playground_confidential', ['p']]]))).toEqual([])
  expect(await problemOfWork(secrets.resolve(['other']))).toMatchObject({ code: 'secret-missing' })
  expect(starts).toBe(0)
  expect(await problemOfWork(secrets.resolve(['playground_nobody']))).toMatchObject({ code: 'secret-missing' })
  expect(starts).toBe(1)
})

test.each(['', 'a b', 'a/b', 'ä', 'a=b', 'x'.repeat(101)])(
  '%j is no name of a secret, and is not quoted',
  async (name) => {
    const found = await problemOfWork(home.secrets.resolve([name]))
    expect(found.code).toBe('parameter-invalid')
    if (name.length > 3) expect(JSON.stringify(found)).not.toContain(name)
  },
)

test('names that every object has are names like others', async () => {
  const names = ['constructor', '__proto__', 'toString']
  expect(await home.secrets.missing(names)).toEqual(names)
  for (const name of names) await home.ports.vault.set(name, 'x')
  expect(await home.secrets.missing(names)).toEqual([])
})
