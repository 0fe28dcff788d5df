import { X509Certificate } from 'node:crypto'
import { unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolder } from '../files/make-folder.ts'
import { findReal, readTextFile } from '../files/read-text-file.ts'
import { errorCodeOf } from '../files/system-error.ts'
import { writeFileAtomically } from '../files/write-file-atomically.ts'
import { readConnectionFile } from '../http/connection-file.ts'
import { certificatesIn, privateKeyIn } from '../http/pem.ts'
import { type ProblemError, problem } from '../problems/problem-error.ts'
import { prepareFolder } from './prepare-folder.ts'
import { type ProfilePlace, cannotWrite, readProfileFile } from './profile-folder.ts'
import { checkOwnProfileName } from './profile-name.ts'
import { saveProfileFile } from './save-profile.ts'

const certificatesFolder = 'certificates'
/** A certificate has some 2,000 characters; those of hardware with long notes have ten times that. */
const maximumCharacters = 65_536
/** Files of the same first digits that hold something else. */
const maximumNames = 20

/** What a profile trusts now. */
export interface TrustedCertificate {
  /** as `ca_file` names it, from the workspace folder */
  file: string
  /** SHA-256, as `openssl x509 -fingerprint -sha256` writes it */
  fingerprint: string
}

/**
 * Trusts one certificate for a profile: a file in the workspace's `certificates` folder holds it beside those that the
 * profile trusted before, and `ca_file` names that file. Earlier files stay as they are: other profiles may use them.
 * @throws ProblemError certificate-invalid; those of reading and saving a profile; file-invalid for its earlier ca_file
 */
export async function trustCertificate(place: ProfilePlace, name: string, pem: string): Promise<TrustedCertificate> {
  checkOwnProfileName(name)
  const certificate = readOne(pem)
  const { fingerprint256: fingerprint } = certificate
  const { values } = await readProfileFile(place, name)
  const earlier = typeof values.ca_file === 'string' ? values.ca_file : ''
  const known = earlier === '' ? [] : await certificatesOf(place, earlier)
  if (known.some((one) => new X509Certificate(one).fingerprint256 === fingerprint))
    return { file: earlier, fingerprint }
  await prepareFolder(place)
  const text = [...known, certificate.toString()].map((one) => `${one.trim()}\n`).join('')
  const start = `${name}-${fingerprint.replaceAll(':', '').slice(0, 8).toLowerCase()}`
  const { file, isNew } = await placeFile(place, start, text)
  try {
    await saveProfileFile(place, { name, values: { ...values, ca_file: file }, replace: true })
  } catch (error) {
    if (isNew) await unlink(join(place.folder, file)).catch(() => undefined)
    throw error
  }
  return { file, fingerprint }
}

/** SECURITY: exactly one certificate is trusted, the one a person looked at; a private key has no place in a workspace. */
function readOne(pem: string): X509Certificate {
  if (pem.length > maximumCharacters) throw refused(`It has more than ${maximumCharacters} characters.`)
  if (privateKeyIn(pem) !== undefined) throw refused('A private key stands there; a workspace goes into git.')
  const blocks = pem.match(/-----BEGIN [^-]*-----/g) ?? []
  const [found] = certificatesIn(pem)
  if (blocks.length === 1 && found !== undefined) return new X509Certificate(found)
  throw refused(blocks.length > 1 ? 'There is more than one block.' : 'There is no certificate that can be read.')
}

function refused(why: string): ProblemError {
  return problem('certificate-invalid', `This is not one certificate in PEM form. ${why}`, {
    whatToDo: ['Give one block from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----.'],
  })
}

async function certificatesOf(place: ProfilePlace, path: string): Promise<string[]> {
  const content = await readConnectionFile({ parameter: 'ca_file', path, folder: place.folder })
  return certificatesIn(Buffer.from(content).toString('latin1'))
}

/** Writes the text under the first of these names that is free or holds it already. */
async function placeFile(place: ProfilePlace, start: string, text: string): Promise<{ file: string; isNew: boolean }> {
  const folder = join(place.folder, certificatesFolder)
  try {
    await makeFolder(folder, place.isPrivate ? 0o700 : undefined)
  } catch (error) {
    throw cannotWrite(folder, error)
  }
  // SECURITY: a certificates folder that is a link would have files outside the workspace written.
  await findReal(folder, place.folder)
  for (let count = 1; count <= maximumNames; count++) {
    const name = `${start}${count === 1 ? '' : `-${count}`}.pem`
    const file = `${certificatesFolder}/${name}`
    if (await writeNew(join(folder, name), text)) return { file, isNew: true }
    if ((await readTextFile(join(folder, name), { within: place.folder }))?.raw === text) return { file, isNew: false }
  }
  throw problem('file-invalid', `${folder} has other files of every name that starts with ${start}.`, {
    place: { file: folder },
    whatToDo: ['Take away those that no profile names.'],
  })
}

/** False when there is a file of this name. */
async function writeNew(path: string, text: string): Promise<boolean> {
  try {
    await writeFileAtomically({ path, text, replace: false })
    return true
  } catch (error) {
    if (errorCodeOf(error) === 'EEXIST') return false
    throw cannotWrite(path, error)
  }
}
