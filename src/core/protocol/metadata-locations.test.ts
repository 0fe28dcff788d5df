import { describe, expect, it } from 'vitest'
import { metadataLocations } from './metadata-locations.ts'

describe('metadata locations', () => {
  it('of an issuer without a path are two', () => {
    expect(metadataLocations('https://as.test').map(({ url }) => url)).toEqual([
      'https://as.test/.well-known/openid-configuration',
      'https://as.test/.well-known/oauth-authorization-server',
    ])
  })

  it('of an issuer with a path are appended and inserted', () => {
    expect(metadataLocations('https://as.test/realms/a').map(({ url }) => url)).toEqual([
      'https://as.test/realms/a/.well-known/openid-configuration',
      'https://as.test/.well-known/oauth-authorization-server/realms/a',
      'https://as.test/.well-known/openid-configuration/realms/a',
      'https://as.test/realms/a/.well-known/oauth-authorization-server',
    ])
  })

  it('do not double a slash at the end', () => {
    expect(metadataLocations('https://as.test/a/')[0]?.url).toBe('https://as.test/a/.well-known/openid-configuration')
  })
})
