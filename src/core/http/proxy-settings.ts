import { BlockList, isIP } from 'node:net'
import { problem } from '../problems/problem-error.ts'

/** A proxy read from the environment. */
export interface Proxy {
  secure: boolean
  host: string
  port: number
  /** `http://host:port`: what may be shown */
  address: string
  /** value of Proxy-Authorization; SECURITY: sent to the proxy only, never shown */
  authorization?: string
  /** the environment variable it comes from */
  variable: string
}

type Environment = Record<string, string | undefined>

/** The proxy for an address, from HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY; lower case names win.
 * @throws ProblemError `proxy-failed` when the variable holds something else than an http or https address */
export function proxyFor(url: URL, environment: Environment): Proxy | undefined {
  const host = bareHost(url)
  // SECURITY: what is meant for this machine must not travel to a proxy; codes and the playground's secrets would.
  if (isLoopback(host)) return undefined
  const names = url.protocol === 'https:' ? ['https_proxy', 'HTTPS_PROXY'] : ['http_proxy', 'HTTP_PROXY']
  const variable = [...names, 'all_proxy', 'ALL_PROXY'].find((name) => environment[name]?.trim())
  if (!variable) return undefined
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80)
  if (isExcluded({ host, port }, environment['no_proxy'] || environment['NO_PROXY'] || '')) return undefined
  return readProxy(variable, environment[variable]!.trim())
}

/** The host of a URL without the brackets of IPv6 and without a trailing dot. */
export function bareHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
}

/** True for 127.0.0.0/8, ::1, localhost and names under it. */
export function isLoopback(host: string): boolean {
  const version = isIP(host)
  if (version !== 0) return loopback.check(host, version === 4 ? 'ipv4' : 'ipv6')
  return /^(?:.*\.)?localhost$/i.test(host)
}

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

function readProxy(variable: string, value: string): Proxy {
  let url: URL
  let authorization: string | undefined
  try {
    url = new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`)
    if (url.username || url.password) {
      const credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`
      authorization = `Basic ${Buffer.from(credentials).toString('base64')}`
    }
  } catch {
    throw unusable(variable, 'holds no address') // SECURITY: the value may carry a password, so it is not repeated
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw unusable(variable, `names a ${url.protocol.slice(0, -1)} proxy`)
  const secure = url.protocol === 'https:'
  const host = bareHost(url)
  const port = Number(url.port) || (secure ? 443 : 80)
  const address = `${url.protocol}//${url.hostname}:${port}`
  return { secure, host, port, address, variable, ...(authorization ? { authorization } : {}) }
}

function unusable(variable: string, what: string) {
  return problem('proxy-failed', `The environment variable ${variable} ${what}.`, {
    whatToDo: [`Set ${variable} to an address such as http://proxy.example:3128, or unset it.`],
  })
}

/** NO_PROXY as curl and Go read it: `*`, names with all names under them, addresses, CIDR, each also with a port. */
function isExcluded(target: { host: string; port: number }, list: string): boolean {
  return list.split(/[\s,]+/).some((entry) => entry !== '' && entryMatches(entry.toLowerCase(), target))
}

function entryMatches(entry: string, target: { host: string; port: number }): boolean {
  if (entry === '*') return true
  const withPort = /^(\[[^\]]*\]|[^:]*):(\d+)$/.exec(entry)
  if (withPort && Number(withPort[2]) !== target.port) return false
  const name = (withPort?.[1] ?? entry).replace(/^\[|\]$/g, '').replace(/^\*?\./, '')
  const host = target.host.toLowerCase()
  return host === name || (isIP(host) ? inSubnet(host, name) : host.endsWith(`.${name}`))
}

function inSubnet(host: string, entry: string): boolean {
  const [network = '', bits] = entry.split('/')
  const version = isIP(network)
  if (version === 0 || bits === undefined || !/^\d{1,3}$/.test(bits)) return false
  const family = version === 4 ? 'ipv4' : 'ipv6'
  if (isIP(host) !== version || Number(bits) > (version === 4 ? 32 : 128)) return false
  const subnet = new BlockList()
  subnet.addSubnet(network, Number(bits), family)
  return subnet.check(host, family)
}
