import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkImports } from './architecture/check-imports.js'

const root = fileURLToPath(new URL('..', import.meta.url))

const files = ['src', 'electron']
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) => `${folder}/${path}`),
  )
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts') || path.endsWith('.vue'))
  .sort()
const sources = new Map(files.map((path) => [path, readFileSync(join(root, path), 'utf8')]))

const violations = checkImports(sources, (path) => existsSync(join(root, path)))
for (const { file, line, message } of violations) console.error(`${file}:${line}  ${message}`)
console.log(`${files.length} files, ${violations.length} refused imports`)
process.exitCode = violations.length > 0 ? 1 : 0
