import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPlayground } from '../../src/playground/index.ts'
import { measureProcess, median, type ProcessSample } from './measure-process.ts'

const here = (path: string) => join(import.meta.dirname, path)
const rounds = Number(process.env.BENCH_ROUNDS ?? 15)

/** One client-credentials flow by the built command line against a bare openid-client script, in turn. */
export async function benchOneFlow(): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'grantlab-bench-'))
  const playground = await startPlayground({ dataFolder: join(folder, 'playground'), port: 0 })
  const client = playground.info.clients.find(({ client_id }) => client_id === 'confidential')
  if (!client?.client_secret) throw new Error('the playground has no confidential client')
  const environment = {
    ...process.env,
    GRANTLAB_NO_KEYCHAIN: '1',
    ISSUER: playground.info.issuer,
    CLIENT_ID: client.client_id,
    CLIENT_SECRET: client.client_secret,
    SCOPE: 'api:read',
  }
  const commandLine = [here('../../scripts/grantlab.js'), 'client-credentials', '--issuer', playground.info.issuer]
  const clientFlags = ['--client-id', client.client_id, '--client-secret-env', 'CLIENT_SECRET', '--scope', 'api:read']
  const folderFlags = ['--data-dir', join(folder, 'data'), '--workspace', join(folder, 'workspace'), '--json']
  const candidates = {
    grantlab: [...commandLine, ...clientFlags, ...folderFlags],
    bare: [here('bare-client-credentials.js')],
  }
  try {
    return ratios(await takeTurns(candidates, environment))
  } finally {
    await playground.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

type Samples = { grantlab: ProcessSample[]; bare: ProcessSample[] }

async function takeTurns(
  candidates: Record<keyof Samples, string[]>,
  environment: NodeJS.ProcessEnv,
): Promise<Samples> {
  const samples: Samples = { grantlab: [], bare: [] }
  for (let round = -2; round < rounds; round++) {
    for (const name of ['grantlab', 'bare'] as const) {
      const sample = await measureProcess({ arguments: candidates[name], environment })
      if (round >= 0) samples[name].push(sample)
    }
  }
  return samples
}

function ratios({ grantlab, bare }: Samples): string[] {
  const line = (figure: keyof ProcessSample, unit: string, what: string) => {
    const pairs = grantlab.map((sample, index) => sample[figure] / bare[index]![figure])
    const [ours, theirs] = [grantlab, bare].map((samples) => median(samples.map((sample) => sample[figure])).toFixed(0))
    const spread = `${Math.min(...pairs).toFixed(2)}–${Math.max(...pairs).toFixed(2)}`
    return `${what}: ${median(pairs).toFixed(2)} × the bare openid-client script (${spread}; ${ours} against ${theirs} ${unit}, n=${pairs.length})`
  }
  return [line('wallMs', 'ms', 'one flow, wall time'), line('peakMiB', 'MiB', 'one flow, peak memory')]
}
