import { randomBytes } from 'node:crypto'
import type { PageFile } from './page-files.ts'
import { pageHeaders } from './page-headers.ts'

/** A file as it is answered. */
export interface PageAnswer {
  headers: Record<string, string>
  body: Buffer<ArrayBuffer>
}

/** What the build writes where each answer of the page has its nonce. */
const noncePlaceholder = '__NONCE__'

const cacheControl: Record<PageFile['kind'], string> = {
  page: 'no-store',
  hashed: 'public, max-age=31536000, immutable',
  plain: 'no-cache',
}

/**
 * A file of the window with its headers; a page carries a nonce, the one its policy names.
 * @throws the file system's error when the file cannot be read any more
 */
export async function answerPageFile(file: PageFile, connect: readonly string[] = []): Promise<PageAnswer> {
  // SECURITY: a fresh nonce for each answer; one that can be foreseen lets injected styles through.
  const nonce = file.kind === 'page' ? randomBytes(18).toString('base64') : undefined
  const content = await file.read()
  const body = Buffer.from(nonce ? content.toString('utf8').replaceAll(noncePlaceholder, nonce) : content)
  return {
    headers: {
      ...pageHeaders({ connect, ...(nonce ? { nonce } : {}) }),
      'Content-Type': file.type,
      'Content-Length': String(body.byteLength),
      'Cache-Control': cacheControl[file.kind],
    },
    body,
  }
}
