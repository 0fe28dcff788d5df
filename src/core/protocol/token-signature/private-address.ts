import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'
import { isLoopbackHost } from '../../../contract/metadata/address.ts'

const blocks = new BlockList()
const ranges: [address: string, bits: number, family: 'ipv4' | 'ipv6'][] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  ['::', 127, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 9, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
]
for (const [address, bits, family] of ranges) blocks.addSubnet(address, bits, family)

/** Names that only a local network knows. @see RFC 6762 §3, RFC 8375 */
const localNames = /^[^.]+\.?$|\.(?:local|internal|lan|home|home\.arpa|intranet|corp)\.?$/i

/**
 * Whether an address is one of this machine or of a private network, by itself or by what its name stands for now. What
 * cannot be resolved is none.
 * SECURITY: a token may name any host; asking one inside of a network must be a person's own wish.
 * @see RFC 6890
 */
export async function isPrivateAddress({ hostname }: URL): Promise<boolean> {
  if (isLoopbackHost(hostname)) return true
  const host = hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) !== 0) return isInside(host)
  if (localNames.test(host)) return true
  try {
    return (await lookup(host, { all: true })).some(({ address }) => isInside(address))
  } catch {
    return false
  }
}

function isInside(address: string): boolean {
  // Both stand for an address of IPv4. @see RFC 4291 §2.5.5.2, RFC 6052 §2.1
  const mapped = /^(?:::ffff:|64:ff9b::)(.+)$/i.exec(address)?.[1]
  if (mapped) return isInside(isIP(mapped) === 4 ? mapped : fromGroups(mapped))
  return blocks.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}

/** `7f00:1` as `127.0.0.1`. */
function fromGroups(groups: string): string {
  const [high = 0, low = 0] = groups.split(':').map((group) => Number.parseInt(group, 16))
  return [high >> 8, high & 255, low >> 8, low & 255].join('.')
}
