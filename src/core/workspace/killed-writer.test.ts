import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { createHome } from './testing/workspace-fixture.ts'

const program = fileURLToPath(new URL('testing/save-in-a-loop.ts', import.meta.url))

/** Starts a writer, calls `eachSave` after every save it tells of, and kills it outright at the last one. */
async function killAfter(folder: string, saves: number, eachSave: () => Promise<void>): Promise<void> {
  const child = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  try {
    let count = 0
    for await (const _line of createInterface({ input: child.stdout })) {
      if (++count >= saves) break
      await eachSave()
    }
    expect(count).toBe(saves)
  } finally {
    child.kill('SIGKILL')
    await ended
  }
}

test('whenever a writer is killed, the file is the old one or the new one, whole', { timeout: 60_000 }, async () => {
  const home = await createHome()
  const expectWhole = async () => {
    const { client_id, scope } = (await home.workspace.resolveProfile('acme')).values
    expect(['a', 'b'].map((letter) => letter.repeat(100_000))).toContain(client_id)
    expect(scope).toBe(client_id)
  }
  try {
    await home.writeProfile('acme', '# of the team\nversion: 1\nclient_id: old\n')
    for (const saves of [1, 2, 3, 5, 8]) {
      await killAfter(`${home.home}/team`, saves, expectWhole)
      await expectWhole()
      expect(await readFile(home.profilePath('acme'), 'utf8')).toMatch(/^# of the team\nversion: 1\n/)
    }
    // And the next one writes as if nothing had been.
    await home.workspace.saveProfile({ name: 'acme', values: { client_id: 'new' }, replace: true })
    expect((await home.workspace.resolveProfile('acme')).values).toEqual({ client_id: 'new' })
  } finally {
    await home.remove()
  }
})
