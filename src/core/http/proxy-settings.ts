import { BlockList, isIP } from 'node:net'
import { problem } from '../problems/problem-error.ts'
import { wordsOfSource, type ProxySource } from '../problems/proxy-name.ts'

/** A proxy and how it is reached. */
export interface Proxy {
  secure: boolean
  host: string
  port: number
  /** `http://host:port`: what may be shown */
  address: string
  /** value of Proxy-Authorization; SECURITY: sent to the proxy only, never shown */
  authorization?: string
  source: ProxySource
}

/** What a person chose instead of the environment's proxy; `direct` is none at all. */
export type ChosenProxy = Proxy | 'direct'

type Environment = Record<string, string | undefined>

/**
 * The proxy for an address: the chosen one, else that of HTTPS_PROXY, HTTP_PROXY, ALL_PROXY (lower case names win).
 * NO_PROXY holds for the environment's and the settings'; a profile's takes all of the profile's servers.
 * @throws ProblemError `proxy-failed` when a variable holds something else than an http or https address
 */
export function proxyFor(url: URL, environment: Environment, chosen?: ChosenProxy): Proxy | undefined {
  const host = bareHost(url)
  // SECURITY: what is meant for this machine must not travel to a proxy; codes and the playground's secrets would.
  if (isLoopback(host) || chosen === 'direct') return undefined
  if (chosen?.source === 'profile') return chosen
  if (isExcluded({ host, port: portOf(url) }, environment['no_proxy'] || environment['NO_PROXY'] || ''))
    return undefined
  return chosen ?? environmentProxy(url.protocol, environment)
}

function environmentProxy(protocol: string, environment: Environment): Proxy | undefined {
  const names = protocol === 'https:' ? ['https_proxy', 'HTTPS_PROXY'] : ['http_proxy', 'HTTP_PROXY']
  const variable = [...names, 'all_proxy', 'ALL_PROXY'].find((name) => environment[name]?.trim())
  return variable ? readProxy({ variable }, environment[variable]!.trim()) : undefined
}

/** The host of a URL without the brackets of IPv6 and without a trailing dot. */
export function bareHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
}

/** The port of an http or https URL. */
export function portOf(url: URL): number {
  return Number(url.port) || (url.protocol === 'https:' ? 443 : 80)
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

/**
 * Reads a proxy's address; the scheme may be left out.
 * @throws ProblemError `proxy-failed` for a variable, `parameter-invalid` for a profile or the settings
 */
export function readProxy(source: ProxySource, value: string): Proxy {
  const { url, authorization } = addressIn(source, value)
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw unusable(source, `names a ${url.protocol.slice(0, -1)} proxy`)
  if (url.pathname.length > 1 || url.search || url.hash) throw unusable(source, 'holds more than an address and a port')
  const secure = url.protocol === 'https:'
  const host = bareHost(url)
  const port = portOf(url)
  const address = `${url.protocol}//${url.hostname}:${port}`
  return { secure, host, port, address, source, ...(authorization ? { authorization } : {}) }
}

function addressIn(source: ProxySource, value: string): { url: URL; authorization?: string } {
  try {
    const url = new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`)
    if (!url.username && !url.password) return { url }
    return { url, authorization: basicOf(decodeURIComponent(url.username), decodeURIComponent(url.password)) }
  } catch {
    throw unusable(source, 'holds no address') // SECURITY: the value may carry a password, so it is not repeated
  }
}

/** The value of Proxy-Authorization. @see RFC 7617 §2 */
export function basicOf(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
}

function unusable(source: ProxySource, what: string) {
  const words = wordsOfSource(source)
  const usual = 'an address such as http://proxy.example:3128'
  return typeof source === 'object'
    ? problem('proxy-failed', `${words.named} ${what}.`, {
        whatToDo: [`Set ${source.variable} to ${usual}, or unset it.`],
      })
    : problem('parameter-invalid', `${words.named} ${what}.`, {
        whatToDo: [`Give ${usual}, or direct for none (proxy).`],
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
