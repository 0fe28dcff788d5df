import { type FileHandle, open } from 'node:fs/promises'

/** The longest line that is read, in bytes: an event carries no body over 1 KB, but a result or a document may be long. */
const maximumLineBytes = 16_777_216
const chunkBytes = 65_536

/** One line of a file. */
export interface Line {
  text: string
  /** counts from 1 */
  number: number
  /** it ends with a line break, so it was written to its end */
  isWhole: boolean
}

/** The lines of a file, one at a time; a longer line than 16 MiB comes as empty text. @throws the system's error */
export async function* readLines(path: string): AsyncGenerator<Line> {
  const file = await open(path, 'r')
  try {
    let rest: Buffer[] = []
    let restBytes = 0
    let number = 0
    const take = (end: Buffer): string => {
      const text = restBytes + end.length > maximumLineBytes ? '' : Buffer.concat([...rest, end]).toString('utf8')
      rest = []
      restBytes = 0
      return text
    }
    for await (const chunk of chunksOf(file)) {
      let start = 0
      for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
        yield { text: take(chunk.subarray(start, end)), number: ++number, isWhole: true }
        start = end + 1
      }
      restBytes += chunk.length - start
      if (restBytes <= maximumLineBytes) rest.push(chunk.subarray(start))
    }
    if (restBytes > 0) yield { text: take(Buffer.alloc(0)), number: ++number, isWhole: false }
  } finally {
    await file.close()
  }
}

async function* chunksOf(file: FileHandle): AsyncGenerator<Buffer> {
  for (;;) {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(chunkBytes))
    if (bytesRead === 0) return
    yield buffer.subarray(0, bytesRead)
  }
}

/** The first line and the last whole one, without reading what lies between. @throws the system's error */
export async function readEnds(path: string): Promise<{ first: string; last: string }> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const first = await readUntilBreak(file, size)
    return { first, last: size <= first.length ? first : await readLastWhole(file, size) }
  } finally {
    await file.close()
  }
}

async function readUntilBreak(file: FileHandle, size: number): Promise<string> {
  for (let length = chunkBytes; ; length *= 4) {
    const bytes = await readAt(file, 0, Math.min(length, size))
    const end = bytes.indexOf(10)
    if (end >= 0) return bytes.toString('utf8', 0, end)
    if (length >= size || length > maximumLineBytes) return ''
  }
}

async function readLastWhole(file: FileHandle, size: number): Promise<string> {
  for (let length = chunkBytes; ; length *= 4) {
    const bytes = await readAt(file, Math.max(0, size - length), Math.min(length, size))
    const end = bytes.lastIndexOf(10)
    const start = end <= 0 ? -1 : bytes.lastIndexOf(10, end - 1)
    if (start >= 0 || (end >= 0 && length >= size)) return bytes.toString('utf8', start + 1, end)
    if (length >= size || length > maximumLineBytes) return ''
  }
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length)
  let filled = 0
  while (filled < length) {
    const { bytesRead } = await file.read(bytes, filled, length - filled, position + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return bytes.subarray(0, filled)
}
