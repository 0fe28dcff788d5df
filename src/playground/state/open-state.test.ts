import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../testing/test-playground.ts'
import { openState } from './open-state.ts'
import { stateFileName } from './playground-state.ts'

test('the first start makes a private file, the second reads it', async () => {
  const folder = join(await temporaryFolder(), 'not', 'there', 'yet')
  const first = await openState(folder)
  expect(first.signingKeys.map(({ alg }) => alg)).toEqual(['RS256', 'ES256'])
  expect(first.clientSecrets['confidential']).not.toBe(first.clientSecrets['confidential-post'])
  expect(await readdir(folder)).toEqual([stateFileName])
  if (process.platform !== 'win32') expect((await stat(join(folder, stateFileName))).mode & 0o777).toBe(0o600)
  expect(await openState(folder)).toEqual(first)
})

test.runIf(process.platform === 'linux')(
  'where no folder can be made it says so, and does not try for ever',
  async () => {
    await expect(openState('/proc/none/below')).rejects.toMatchObject({ code: 'state-file-unusable' })
  },
)

test('many that start at once end with the same keys and leave nothing behind', async () => {
  const folder = await temporaryFolder()
  const states = await Promise.all(Array.from({ length: 5 }, () => openState(folder)))
  for (const state of states) expect(state).toEqual(states[0])
  expect(await readdir(folder)).toEqual([stateFileName])
})

async function tampered(
  change: (state: Record<string, unknown>) => unknown,
): Promise<{ folder: string; text: string }> {
  const folder = await temporaryFolder()
  const text = JSON.stringify(change({ ...(await openState(await temporaryFolder())) }))
  await writeFile(join(folder, stateFileName), text)
  return { folder, text }
}

test.each<[string, string, (state: Record<string, unknown>) => unknown]>([
  ['no object', 'not a JSON object', () => []],
  ['no version', '/version', ({ version: _, ...rest }) => rest],
  ['no keys', '/signingKeys', (state) => ({ ...state, signingKeys: [] })],
  [
    'a broken key',
    '/signingKeys/0',
    (state) => ({ ...state, signingKeys: (state['signingKeys'] as object[]).map((key) => ({ ...key, kty: 'X' })) }),
  ],
  ['no cookie keys', '/cookieKeys', (state) => ({ ...state, cookieKeys: [7] })],
  ['no secrets', '/clientSecrets/confidential', (state) => ({ ...state, clientSecrets: {} })],
])('a file with %s is refused by name and left alone', async (_name, pointer, change) => {
  const { folder, text } = await tampered(change)
  const file = join(folder, stateFileName)
  const refused = openState(folder)
  await expect(refused).rejects.toMatchObject({ code: 'state-file-damaged' })
  await expect(refused).rejects.toThrow(file)
  await expect(refused).rejects.toThrow(pointer)
  expect(await readFile(file, 'utf8')).toBe(text)
})

test('a file that is no JSON is refused without quoting it', async () => {
  const folder = await temporaryFolder()
  await writeFile(join(folder, stateFileName), '{"clientSecrets": {"confidential": "very-secret"')
  const refused = openState(folder)
  await expect(refused).rejects.toMatchObject({ code: 'state-file-damaged' })
  await expect(refused).rejects.not.toThrow('very-secret')
})

test('a file of a newer version is refused and left alone', async () => {
  const { folder, text } = await tampered((state) => ({ ...state, version: 2 }))
  await expect(openState(folder)).rejects.toMatchObject({ code: 'state-file-newer' })
  expect(await readFile(join(folder, stateFileName), 'utf8')).toBe(text)
})

test('a file that cannot be read is named', async () => {
  const folder = await temporaryFolder()
  await mkdir(join(folder, stateFileName))
  await expect(openState(folder)).rejects.toMatchObject({
    code: 'state-file-unusable',
    message: expect.stringContaining(join(folder, stateFileName)) as string,
  })
})
