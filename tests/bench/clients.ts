import { startEmulatorBench, type EmulatorBench } from '../support/telnyx-emulator.ts'
import { createTestEngine, type TestEngine } from '../support/test-engine.ts'
import { median } from './measure-process.ts'

const rounds = 5
const count = 10_000

/** 10,000 clients in 100 pages, read through the engine with every event, against a bare fetch loop over the same pages. */
export async function benchClients(): Promise<string[]> {
  const emulator = await startEmulatorBench({ inWorker: true })
  const test = await createTestEngine()
  try {
    await emulator.control('POST', '/emulator/clients', { count })
    const [ours, theirs]: [number[], number[]] = [[], []]
    for (let round = -1; round < rounds; round++) {
      const listed = await timed(() => list(test, emulator))
      const bare = await timed(() => fetchAll(emulator))
      if (round < 0) continue
      ours.push(listed)
      theirs.push(bare)
    }
    return [ratioLine(ours, theirs)]
  } finally {
    await test.close()
    await emulator.close()
  }
}

async function list({ engine }: TestEngine, { info }: EmulatorBench): Promise<void> {
  const { issuer, base_url, api_key } = info
  const parameters = { issuer, vendor: 'telnyx', api_base: base_url, api_key }
  const { runId } = await engine.startRun({ operation: 'clients list', parameters })
  let rows = 0
  for await (const event of engine.runEvents({ runId })) if (event.type === 'rows.received') rows += event.rows.length
  if (rows < count) throw new Error(`${rows} clients came`)
}

async function fetchAll({ info }: EmulatorBench): Promise<void> {
  const headers = { authorization: `Bearer ${info.api_key}` }
  let rows = 0
  for (let page = 1, pages = 1; page <= pages; page++) {
    const query = `page%5Bnumber%5D=${page}&page%5Bsize%5D=100`
    const response = await fetch(`${info.base_url}/oauth_clients?${query}`, { headers })
    const { data, meta } = (await response.json()) as { data: unknown[]; meta: { total_pages: number } }
    rows += data.length
    pages = meta.total_pages
  }
  if (rows < count) throw new Error(`${rows} clients came`)
}

function ratioLine(ours: number[], theirs: number[]): string {
  const pairs = ours.map((one, index) => one / theirs[index]!)
  const spread = `${Math.min(...pairs).toFixed(1)}–${Math.max(...pairs).toFixed(1)}`
  const figures = `${median(ours).toFixed(0)} against ${median(theirs).toFixed(0)} ms, n=${rounds}`
  return `${count} clients in ${count / 100} pages, recorded and masked: ${median(pairs).toFixed(1)} × a bare fetch loop (${spread}; ${figures})`
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}
