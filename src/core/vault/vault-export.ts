import { type JsonObject, isJsonObject } from '../../contract/json.ts'
import { fileKinds } from '../files/file-versions.ts'
import { newerFile, readVersionedFile } from '../files/read-versioned-file.ts'
import { type ProblemError, problem } from '../problems/problem-error.ts'
import { type VaultContents, contentsIn } from './export-schema.ts'
import { type Derivation, checkPassphrase, deriveKey, isDerivation, newDerivation } from './passphrase-key.ts'
import { type Sealed, isSealed, open, seal } from './seal.ts'

/** The largest exported vault that is written or read, in bytes. */
export const maximumExportBytes = 64 * 1024 * 1024

const kind = fileKinds['vault-export']
const known = 'this key'

/** What stands in the file in clear; all of it is part of the seal. */
interface ExportHead {
  /** ISO time */
  madeAt: string
  derivation: Derivation
}

/**
 * The text of a file that holds all of it, sealed by a passphrase of its own.
 * @throws ProblemError parameter-missing, parameter-invalid for the passphrase; file-invalid when it would be too large
 */
export async function sealExport(contents: VaultContents, passphrase: string, madeAt: string): Promise<string> {
  const derivation = newDerivation()
  const head = { madeAt, derivation }
  const key = await deriveKey(checkPassphrase(passphrase), derivation)
  const check = seal(key, known, aboutOf(head, 'check'))
  const sealed = seal(key, JSON.stringify(contents), aboutOf(head, 'contents'))
  key.fill(0)
  const file = { kind: 'vault-export', version: kind.version, ...head, check, ...sealed }
  const text = `${JSON.stringify(file, null, 2)}\n`
  if (Buffer.byteLength(text) <= maximumExportBytes) return text
  throw problem('file-invalid', `The file would be larger than ${maximumExportBytes} bytes, more than is read again.`, {
    whatToDo: ['Forget tokens that are no longer needed (tokens clear), then export again.'],
  })
}

/**
 * What an exported vault holds.
 * @throws ProblemError file-invalid for what is none, cut, changed or too large; file-newer; passphrase-wrong
 */
export async function openExport(path: string, passphrase: string): Promise<VaultContents> {
  const phrase = checkPassphrase(passphrase)
  const file = await readVersionedFile(path, kind, { maximumBytes: maximumExportBytes })
  if (!file) throw invalid(path, 'There is no such file.')
  const version = kind.versionOf(file.text)
  if (version === undefined) throw invalid(path, 'It is no vault that Grantlab exported.')
  if (version > kind.version) throw newerFile(path, kind, version)
  const { head, check, sealed } = partsIn(file.text) ?? broken(path)
  const key = await deriveKey(phrase, head.derivation)
  const isKey = open(key, check, aboutOf(head, 'check')) === known
  const json = isKey ? open(key, sealed, aboutOf(head, 'contents')) : undefined
  key.fill(0)
  if (!isKey) throw wrong(path)
  return (json === undefined ? undefined : contentsIn(json)) ?? broken(path)
}

/** SECURITY: numbers that make a passphrase weaker, or a part of another export, open nothing. */
function aboutOf({ madeAt, derivation: { N, r, p, salt } }: ExportHead, part: 'check' | 'contents'): string {
  return JSON.stringify(['grantlab vault export', 1, part, madeAt, N, r, p, salt])
}

function partsIn(text: string): { head: ExportHead; check: Sealed; sealed: Sealed } | undefined {
  const file = parsed(text)
  if (!file) return undefined
  const { madeAt, derivation, check, nonce, data } = file
  const sealed = { nonce, data }
  if (typeof madeAt !== 'string' || !isDerivation(derivation) || !isSealed(check) || !isSealed(sealed)) return undefined
  return { head: { madeAt, derivation }, check, sealed }
}

function parsed(text: string): JsonObject | undefined {
  try {
    const file: unknown = JSON.parse(text)
    return isJsonObject(file) ? file : undefined
  } catch {
    return undefined
  }
}

function invalid(path: string, detail: string, whatToDo: string[] = []): ProblemError {
  return problem('file-invalid', `${path}: ${detail}`, { place: { file: path }, whatToDo })
}

function broken(path: string): never {
  throw invalid(path, 'It was cut or changed since it was exported; nothing of it was taken.', ['Export it again.'])
}

function wrong(path: string): ProblemError {
  return problem('passphrase-wrong', `${path} does not open with this passphrase, or its beginning was changed.`, {
    title: 'The passphrase is not the one of this file',
    whatToDo: ['Try again; capital letters and the keyboard layout matter.'],
  })
}
