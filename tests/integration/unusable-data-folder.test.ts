import { expect, it } from 'vitest'
import { runCli } from '../support/run-cli.ts'

const ways: [string, string[]][] = [
  ['a run', ['discover', 'http://127.0.0.1:1']],
  ['a vault', ['vault', 'use', 'passphrase']],
  ['settings', ['settings', 'save', '--theme', 'dark']],
  ['the playground', ['playground', '--port', '0']],
]

it.runIf(process.platform === 'linux').each(ways)(
  'a data folder that cannot be made is said, and nothing hangs: %s',
  async (_name, args) => {
    const environment = { GRANTLAB_VAULT_PASSPHRASE: 'correct horse battery' }
    const cli = await runCli([...args, '--data-dir', '/proc/none/data'], { environment })
    expect(cli.stderr).toContain('/proc/none/data')
    expect(cli.exitCode).toBe(4)
  },
)
