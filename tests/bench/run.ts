import { benchClients } from './clients.ts'
import { benchDiscovery } from './discovery.ts'
import { benchFirstChunk } from './first-chunk.ts'
import { benchOneFlow } from './one-flow.ts'
import { benchTokens } from './token-bench.ts'
import { benchVault } from './vault.ts'

// Figures, not tests: ratios within this one run, to be read by people.
for (const bench of [benchFirstChunk, benchOneFlow, benchDiscovery, benchVault, benchClients, benchTokens]) {
  for (const line of await bench()) console.log(line)
}
