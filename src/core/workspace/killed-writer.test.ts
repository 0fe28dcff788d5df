import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { createHome } from './testing/workspace-fixture.ts'

const program = fileURLToPath(new URL('testing/save-in-a-loop.ts', import.meta.url))
const padding = `# ${'x'.repeat(400_000)}`
const textOf = (id: string) => `# of the team\nversion: 1\n${padding}\nclient_id: ${id}\n\n# end\n`
const wholeTexts = ['a', 'b'].map(textOf)

/** Lets a writer save again and again, reads all the time, and kills it outright after so many reads. */
async function readAndKill(folder: string, path: string, reads: number): Promise<void> {
  const child = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  try {
    await once(child.stdout, 'data')
    child.stdout.resume()
    for (let count = 0; count < reads; count++) expectWhole(await readFile(path, 'utf8'))
  } finally {
    child.kill('SIGKILL')
    await ended
  }
}

function expectWhole(text: string): void {
  // Compared before it is expected, so that a failure does not print 400,000 characters.
  expect({ isWhole: wholeTexts.includes(text), characters: text.length }).toMatchObject({ isWhole: true })
}

test('at every moment, and whenever its writer is killed, the file is the old one or the new one', async () => {
  const home = await createHome()
  const path = home.profilePath('acme')
  try {
    await home.writeProfile('acme', textOf('a'))
    for (const reads of [1, 17, 50, 100, 200]) {
      await readAndKill(`${home.home}/team`, path, reads)
      expectWhole(await readFile(path, 'utf8'))
    }
    // And the next one writes as if nothing had been.
    await home.workspace.saveProfile({ name: 'acme', values: { client_id: 'new' }, replace: true })
    expect((await home.workspace.resolveProfile('acme')).values).toEqual({ client_id: 'new' })
  } finally {
    await home.remove()
  }
})
