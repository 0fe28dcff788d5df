import { createWorkspace } from '../workspace.ts'
import { profileParameters } from './workspace-fixture.ts'

/** Run as a program: saves the profile `acme` again and again, all `a` and all `b` in turn, a line per save, until killed. */
const workspaceFolder = process.argv[2] ?? ''
const workspace = createWorkspace({
  ports: { workspaceFolder, workingFolder: workspaceFolder, dataFolder: workspaceFolder },
  parameters: profileParameters,
  secrets: { missing: async () => [] },
})

for (let round = 0; ; round++) {
  const value = (round % 2 === 0 ? 'a' : 'b').repeat(100_000)
  await workspace.saveProfile({ name: 'acme', values: { scope: value, client_id: value }, replace: true })
  process.stdout.write(`${round}\n`)
}
