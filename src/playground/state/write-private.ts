import { open } from 'node:fs/promises'

/**
 * Writes a new file that only its owner may read; resolves when it is on disk.
 * @throws the system's error; EEXIST when the name is taken
 */
export async function writePrivate(file: string, text: string): Promise<void> {
  // SECURITY: 0600 from the first byte on; a chmod afterwards would leave the secrets readable for a moment.
  const handle = await open(file, 'wx', 0o600)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
}
