import { expect, test } from 'vitest'
import { environmentForOthers, takeSecretsOut } from './environment-for-others.ts'

const environment = {
  PATH: '/bin',
  GRANTLAB_HOME: '/data',
  GRANTLAB_VAULT_PASSPHRASE: 'correct horse',
  GRANTLAB_SECRET_ACME: 's3cret',
  Grantlab_Secret_Other: 's3cret',
  MY_SECRET: 's3cret',
}

test('other programs get neither the passphrase nor a secret', () => {
  expect(environmentForOthers(environment)).toEqual({ PATH: '/bin', GRANTLAB_HOME: '/data', MY_SECRET: 's3cret' })
  const named = environmentForOthers(environment, { acme: 'MY_SECRET' })
  expect(named).toEqual({ PATH: '/bin', GRANTLAB_HOME: '/data' })
  const taken: Record<string, string | undefined> = { ...environment }
  takeSecretsOut(taken, { acme: 'MY_SECRET' })
  expect(taken).toEqual(named)
})
