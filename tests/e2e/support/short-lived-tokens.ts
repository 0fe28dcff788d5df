import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startCli } from '../../support/start-cli.ts'

/** A playground beside the host's own, whose access tokens end so soon that each use renews them first. */
export interface ShortLivedTokens {
  issuer: string
  /** the text of a profile for its public client */
  profile: string
  close(): Promise<void>
}

/** Starts one, with a profile that is production when asked for. */
export async function startShortLivedTokens({ production = false } = {}): Promise<ShortLivedTokens> {
  const folder = await mkdtemp(join(tmpdir(), 'grantlab-short-'))
  const flags = ['--port', '0', '--access-token-seconds', '50', '--json', '--data-dir', folder]
  const server = startCli(['playground', ...flags])
  const issuer = (await server.shows(/"issuer":\s*"([^"]+)"/))[1]!
  return {
    issuer,
    profile: [
      'version: 1',
      'title: Short lives',
      `issuer: ${issuer}`,
      'client_id: public',
      'scope: openid email offline_access api:read',
      'redirect_uri: http://127.0.0.1:0/callback',
      ...(production ? ['production: true'] : []),
      '',
    ].join('\n'),
    async close() {
      server.child.kill('SIGINT')
      await server.ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}
