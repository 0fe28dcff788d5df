import { readdir, readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A file of the window, as it is served. */
export interface PageFile {
  type: string
  /** `page` gets the nonce and is never stored; `hashed` never changes under its name */
  kind: 'page' | 'hashed' | 'plain'
  read(): Promise<Buffer>
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
}

/**
 * The window's files by URL path, listed once. SECURITY: only what is in this list is served, so no path, however it is
 * written, leads out of the folder; links in the folder are not followed.
 * @throws the file system's error when the folder cannot be read
 */
export async function listPageFiles(folder: URL): Promise<Map<string, PageFile>> {
  const files = new Map<string, PageFile>()
  await addFolder(files, fileURLToPath(folder), '/')
  return files
}

/** Folder by folder: inside a packed application's archive a recursive listing may not be had. */
async function addFolder(files: Map<string, PageFile>, folder: string, at: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = at + encodeURIComponent(entry.name)
    const file = join(folder, entry.name)
    if (entry.isDirectory()) await addFolder(files, file, `${path}/`)
    else if (entry.isFile() && types[extname(entry.name)]) {
      files.set(path === '/index.html' ? '/' : path, toPageFile(path, file))
    }
  }
}

function toPageFile(path: string, file: string): PageFile {
  const extension = extname(file)
  return {
    type: types[extension] ?? 'application/octet-stream',
    kind: extension === '.html' ? 'page' : path.startsWith('/assets/') ? 'hashed' : 'plain',
    read: () => readFile(file),
  }
}
