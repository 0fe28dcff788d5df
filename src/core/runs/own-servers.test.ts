import { expect, test } from 'vitest'
import { createOwnServers } from './own-servers.ts'

test('what is meant for the profile reaches its issuer and its management API, and nobody else', () => {
  const values = { issuer: 'https://as.example', api_base: 'https://api.example/v2' }
  const servers = createOwnServers(values, [['X-Team', 'ours']])
  const reach = (url: string) =>
    servers.initFor(url, { actor: 'grantlab', party: 'authorization-server' }, { headers: {} })
  for (const url of ['https://as.example/token', 'https://api.example/v2/oauth_clients']) {
    expect(reach(url)).toMatchObject({ showsClient: true, headers: [['X-Team', 'ours']] })
  }
  // SECURITY: another port or scheme is another server.
  for (const url of ['https://api.example:8443/v2', 'http://api.example/v2', 'https://other.example']) {
    expect(reach(url)).toEqual({ headers: {} })
  }
})
