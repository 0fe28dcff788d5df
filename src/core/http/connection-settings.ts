import type { ParameterValues } from '../../contract/description.ts'
import type { NameValue } from '../../contract/json.ts'
import type { Settings } from '../../contract/settings.ts'
import { problem } from '../problems/problem-error.ts'
import { readClientCertificate } from './client-certificate.ts'
import { readConnectionFile, wholePathOf } from './connection-file.ts'
import type { HttpTransportSettings } from './exchange.ts'
import { checkOwnHeaders } from './own-headers.ts'
import { certificatesIn } from './pem.ts'
import { basicOf, readProxy, type ChosenProxy } from './proxy-settings.ts'

/** How the requests of one run reach their servers, where that differs from the environment's ways. */
export interface ConnectionSettings extends Pick<
  HttpTransportSettings,
  'extraCertificates' | 'proxy' | 'clientCertificate' | 'verifyTls'
> {
  /** go with every request to the server, its endpoints and the API */
  headers: NameValue[]
  /** what whoever reads the run has to know */
  notes: { subject: string; choice: string; reason: string; specification?: string }[]
}

/** Where connection settings come from: the profile before the settings before the environment. */
export interface ConnectionSource {
  /** checked values in clear */
  values: ParameterValues
  settings: Pick<Settings, 'proxy' | 'ca_file'>
  /** the workspace folder, where relative paths begin */
  folder: string
  /** milliseconds since 1970 */
  now: number
}

/**
 * Reads the files that the values name and checks everything before a byte is sent.
 * @throws ProblemError parameter-invalid, parameter-missing, file-invalid, certificate-invalid
 */
export async function readConnectionSettings(source: ConnectionSource): Promise<ConnectionSettings> {
  const { values } = source
  const read: ConnectionSettings = { headers: checkOwnHeaders(values.headers as NameValue[] | undefined), notes: [] }
  const proxy = chosenProxy(source)
  if (proxy) read.proxy = proxy
  const certificates = await trustedCertificates(source)
  if (certificates.length > 0) read.extraCertificates = certificates
  await addClientCertificate(read, source)
  if (values.verify_tls === false) {
    read.verifyTls = false
    read.notes.push({
      subject: 'TLS',
      choice: 'not verified',
      reason: 'verify_tls is off: anybody between here and the server can read and change everything.',
      specification: 'RFC 9525',
    })
  }
  return read
}

function chosenProxy({ values, settings }: ConnectionSource): ChosenProxy | undefined {
  const named = textOf(values, 'proxy') ?? ''
  if (named.toLowerCase() === 'direct') return 'direct'
  const authorization = proxyAuthorization(values)
  if (named === '' && settings.proxy === '') {
    if (authorization === undefined) return undefined
    throw problem('parameter-missing', 'A user or password for a proxy is given, and no proxy.', {
      whatToDo: ['Set the proxy (proxy); for one of the environment they stand in its variable.'],
    })
  }
  const proxy = named === '' ? readProxy('settings', settings.proxy) : readProxy('profile', named)
  // SECURITY: a profile is a file that others read, and so is that of the settings.
  if (proxy.authorization) {
    throw problem('parameter-invalid', 'The address of the proxy contains a user name or password.', {
      whatToDo: ['Set proxy_user, and name the secret with the password (proxy_password).'],
    })
  }
  return authorization === undefined ? proxy : { ...proxy, authorization }
}

/** @see RFC 7617 §2 */
function proxyAuthorization(values: ParameterValues): string | undefined {
  const user = textOf(values, 'proxy_user')
  const password = textOf(values, 'proxy_password')
  if (user === undefined && password === undefined) return undefined
  if (user?.includes(':')) throw problem('parameter-invalid', 'The user name of a proxy has no colon (proxy_user).')
  return basicOf(user ?? '', password ?? '')
}

async function trustedCertificates({ values, settings, folder }: ConnectionSource): Promise<string[]> {
  const paths = [textOf(values, 'ca_file') ?? '', settings.ca_file].filter((path) => path !== '')
  const lists = await Promise.all(
    paths.map(async (path) => {
      const file = { parameter: 'ca_file', path, folder }
      const found = certificatesIn(Buffer.from(await readConnectionFile(file)).toString('latin1'))
      if (found.length > 0) return found
      const place = { file: wholePathOf(file) }
      throw problem(
        'certificate-invalid',
        `${place.file}, named by ca_file, holds no PEM certificate that can be read.`,
        {
          place,
          whatToDo: ['Give a file with -----BEGIN CERTIFICATE----- in it (ca_file).'],
        },
      )
    }),
  )
  return lists.flat()
}

async function addClientCertificate(
  read: ConnectionSettings,
  { values, folder, now }: ConnectionSource,
): Promise<void> {
  const path = textOf(values, 'client_certificate')
  const key = textOf(values, 'client_key')
  const passphrase = textOf(values, 'client_key_passphrase')
  if (path === undefined) {
    if (key === undefined && passphrase === undefined) return
    throw problem('parameter-missing', 'A client key is given, and no certificate that it belongs to.', {
      whatToDo: ['Name the file of the certificate (client_certificate), or leave the key out.'],
    })
  }
  const file = { parameter: 'client_certificate', path, folder }
  const content = await readConnectionFile(file)
  const { certificate, endedOn } = readClientCertificate({ file: wholePathOf(file), content, key, passphrase, now })
  read.clientCertificate = certificate
  if (!endedOn) return
  read.notes.push({
    subject: 'client certificate',
    choice: 'expired',
    reason: `It ended on ${endedOn.toISOString()}: most servers refuse it.`,
    specification: 'RFC 5280 §4.1.2.5',
  })
}

function textOf(values: ParameterValues, name: string): string | undefined {
  const value = values[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}
