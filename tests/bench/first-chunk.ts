import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'

const renderer = join(import.meta.dirname, '../../out/renderer')

/** Size of what the window loads before it shows anything: every script that index.html names. */
export async function benchFirstChunk(): Promise<string[]> {
  const page = await readFile(join(renderer, 'index.html'), 'utf8')
  const scripts = [...page.matchAll(/(?:src|href)="\.?\/?([^"]+\.js)"/g)].map((match) => match[1]!)
  if (scripts.length === 0) throw new Error('index.html names no script: build first')
  const sizes = await Promise.all(
    scripts.map(async (script) => brotliCompressSync(await readFile(join(renderer, script))).length),
  )
  const kilobytes = sizes.reduce((sum, size) => sum + size, 0) / 1000
  return [`window, first scripts: ${kilobytes.toFixed(0)} KB brotli (goal 150)`]
}
