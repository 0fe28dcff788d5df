import { createWorkspace } from '../workspace.ts'
import { profileParameters } from './workspace-fixture.ts'

/** Run as a program: saves the profile `acme` of the workspace named again and again, a line per save, until killed. */
const clock = { now: () => Date.now(), monotonic: () => performance.now() }
const workspaceFolder = process.argv[2] ?? ''
const workspace = createWorkspace({
  ports: { workspaceFolder, workingFolder: workspaceFolder, dataFolder: workspaceFolder, clock },
  parameters: profileParameters,
  secrets: { missing: async () => [] },
})

for (let round = 0; ; round++) {
  await workspace.saveProfile({ name: 'acme', values: { client_id: round % 2 === 0 ? 'b' : 'a' }, replace: true })
  process.stdout.write(`${round}\n`)
}
