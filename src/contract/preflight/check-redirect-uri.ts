import { alignAddresses, isSame, type AlignedPart } from './align-texts.ts'
import { type ClientRecord, textsOfMember } from '../client-record.ts'
import type { PreflightCheck } from './preflight-check.ts'

/** More is not compared; real clients have a handful. */
const mostCompared = 100

/**
 * Compares a redirect URI with the registered ones, byte by byte; only the port of a loopback IP may be another.
 * @see RFC 6749 §3.1.2.3, RFC 9700 §4.1.3, RFC 8252 §7.3
 */
export function checkRedirectUri(wanted: string, client: ClientRecord): PreflightCheck {
  const { redirect_uris } = client
  const registered = Array.isArray(redirect_uris) ? textsOfMember(redirect_uris) : undefined
  const told = (
    verdict: PreflightCheck['verdict'],
    explanation: string,
    alignment?: AlignedPart[],
  ): PreflightCheck => ({
    subject: 'redirect-uri',
    verdict,
    explanation,
    wanted,
    registered: registered ?? [],
    ...(alignment ? { alignment } : {}),
  })
  if (!registered) return told('not-known', 'The registration does not say which redirect URIs the client has.')
  if (registered.includes(wanted)) return told('fits', 'It is registered just so.')
  const nearest = registered
    .slice(0, mostCompared)
    .map((uri) => alignAddresses(wanted, uri))
    .sort(byLikeness)[0]
  if (!nearest) return told('fails', 'The client has no redirect URI registered.')
  return told(...judge(wanted, nearest, client), nearest)
}

function judge(wanted: string, parts: AlignedPart[], { further }: ClientRecord): [PreflightCheck['verdict'], string] {
  const differing = parts.filter((part) => !isSame(part)).map(({ part }) => part)
  const isPort = differing.join() === 'port'
  if (isPort && loopbackIp.test(wanted)) {
    return further.application_type === 'web'
      ? ['may-fail', 'Only the port differs, which a loopback IP allows to native clients; this one is a web client.']
      : ['fits', 'Only the port differs, which servers must allow for a loopback IP (RFC 8252 §7.3); a few do not.']
  }
  if (isPort && /^http:\/\/localhost[:/?]/.test(wanted)) {
    return ['may-fail', 'Only the port differs. Servers must allow that for 127.0.0.1 and [::1], not for localhost.']
  }
  const [mine, its] = [URL.parse(wanted), URL.parse(textOf(parts, 'registered'))]
  if (mine && mine.href === its?.href) {
    return ['may-fail', 'The nearest one means the same and is written otherwise; servers compare byte by byte.']
  }
  return ['fails', `It is not registered. The nearest one has another ${differing.join(' and ')}.`]
}

const loopbackIp = /^http:\/\/(?:127(?:\.\d{1,3}){3}|\[::1\])(?:[:/?]|$)/

const textOf = (parts: AlignedPart[], side: 'wanted' | 'registered') =>
  parts.map(({ before, after, ...own }) => before + own[side] + after).join('')

/** Most parts the same first, then most in common. */
function byLikeness(a: AlignedPart[], b: AlignedPart[]): number {
  return likeness(b) - likeness(a)
}

const likeness = (parts: AlignedPart[]) =>
  parts.reduce((sum, part) => sum + part.before.length + part.after.length + (isSame(part) ? 1_000 : 0), 0)
