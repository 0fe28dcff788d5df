import type { ParameterDescription } from '../../contract/description.ts'

const ofConnection = { inProfile: true, advanced: true, group: 'connection' } as const

const headers: ParameterDescription = {
  ...ofConnection,
  name: 'headers',
  title: 'Headers',
  type: 'pairs',
  hint: 'Sent with every request to the server, its endpoints and the API; no credentials, they would stand in a file.',
  section: 'RFC 9110 §6.3',
}

const proxy: ParameterDescription = {
  ...ofConnection,
  name: 'proxy',
  title: 'Proxy',
  type: 'text',
  hint: 'Address such as http://proxy.example:3128, or direct for none; left empty, that of the settings or the environment.',
}

const proxyUser: ParameterDescription = {
  ...ofConnection,
  name: 'proxy_user',
  title: 'Proxy user',
  type: 'text',
  hint: 'User name for a proxy that asks for one.',
  section: 'RFC 9110 §11.7',
}

const proxyPassword: ParameterDescription = {
  ...ofConnection,
  name: 'proxy_password',
  title: 'Proxy password',
  type: 'secret',
  hint: 'Password of the proxy user.',
  section: 'RFC 9110 §11.7',
}

const caFile: ParameterDescription = {
  ...ofConnection,
  name: 'ca_file',
  title: 'Trusted certificates',
  type: 'text',
  hint: 'File of PEM certificates to trust besides those of the system; a path from the workspace folder.',
}

const clientCertificate: ParameterDescription = {
  ...ofConnection,
  name: 'client_certificate',
  title: 'Client certificate',
  type: 'text',
  hint: 'File with the certificate shown to a server that asks for one: PEM, .p12 or .pfx; a path from the workspace folder.',
  section: 'RFC 8446 §4.4.2',
}

const clientKey: ParameterDescription = {
  ...ofConnection,
  name: 'client_key',
  title: 'Client key',
  type: 'secret',
  hint: 'Private key of the client certificate in PEM form, when its file does not hold it.',
}

const clientKeyPassphrase: ParameterDescription = {
  ...ofConnection,
  name: 'client_key_passphrase',
  title: 'Client key passphrase',
  type: 'secret',
  hint: 'Opens an encrypted client key, or a .p12 or .pfx file.',
}

const verifyTls: ParameterDescription = {
  ...ofConnection,
  name: 'verify_tls',
  title: 'Verify TLS',
  type: 'boolean',
  hint: 'Off, anybody between here and the server can read and change everything; only for a test server.',
  default: true,
}

const timeout: ParameterDescription = {
  ...ofConnection,
  name: 'timeout_seconds',
  title: 'Answer timeout',
  type: 'integer',
  hint: 'Seconds to wait for each answer of a server.',
  default: 30,
  minimum: 1,
  maximum: 600,
}

/** How requests reach their servers. Every operation has all of these; a profile sets them for all of its operations. */
export const connectionParameters: ParameterDescription[] = [
  headers,
  proxy,
  proxyUser,
  proxyPassword,
  caFile,
  clientCertificate,
  clientKey,
  clientKeyPassphrase,
  verifyTls,
  timeout,
]
