import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

test('a process with a thread that is stuck for ever ends, with its exit code and all it had to say', async ({
  skip,
}) => {
  skip(process.platform === 'win32', 'there are no named pipes in the file system')
  const folder = await mkdtemp(join(tmpdir(), 'grantlab-stuck-'))
  try {
    const pipe = join(folder, 'pipe')
    spawnSync('/bin/sh', ['-c', 'mkfifo "$0"', pipe])
    // Opening a named pipe that nobody writes to blocks a thread, as a question that nobody answers does.
    const program = `
      import { open } from 'node:fs'
      import { leaveProcess } from ${JSON.stringify(join(import.meta.dirname, 'leave-process.ts'))}
      open(${JSON.stringify(pipe)}, 'r', () => undefined)
      setTimeout(() => { process.stdout.write('said'); leaveProcess(4) }, 50)`
    const child = spawn(process.execPath, ['--input-type=module', '--eval', program])
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
    const [code] = await once(child, 'close')
    expect([code, output]).toEqual([4, 'said'])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
