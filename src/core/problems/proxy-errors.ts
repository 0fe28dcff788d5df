import { nameOf } from './network-place.ts'
import { problem, type ProblemError } from './problem-error.ts'
import { wordsOfSource, type ProxyName, type ProxySource } from './proxy-name.ts'

function goAround(source: ProxySource): string {
  return source === 'profile'
    ? 'To reach the servers of this profile without a proxy, set it to direct (proxy).'
    : 'To reach a host without the proxy, add it to NO_PROXY, for example NO_PROXY=auth.example.com.'
}

/** The proxy could not be reached, or the connection to it broke; `says` are the words for the error's code. */
export function unusableProxyProblem(
  proxy: ProxyName,
  { code, says, cause }: { code: string | undefined; says: string | undefined; cause: unknown },
): ProblemError {
  const what = says ?? `cannot be used${code ? ` (${code})` : ''}`
  return problem('proxy-failed', `The proxy ${proxy.address} (from ${wordsOfSource(proxy.source).from}) ${what}.`, {
    whatToDo: [`Check ${wordsOfSource(proxy.source).check}.`, goAround(proxy.source)],
    cause,
  })
}

/** The proxy answered 407. */
export function proxyAuthenticationProblem(
  proxy: ProxyName & { authorization?: string },
  challenge: string | undefined,
): ProblemError {
  const sent = proxy.authorization ? 'did not accept the user name and password' : 'asks for a user name and password'
  const scheme = challenge?.match(/^[A-Za-z-]{1,20}/)?.[0]
  const wants = scheme ? ` It wants ${scheme}.` : ''
  return problem('proxy-authentication-required', `The proxy ${proxy.address} ${sent} (407).${wants}`, {
    status: 407,
    whatToDo: [giveCredentials(proxy.source), goAround(proxy.source)],
  })
}

function giveCredentials(source: ProxySource): string {
  return typeof source === 'object'
    ? `Put user name and password into ${source.variable}, as http://USER:PASSWORD@HOST:PORT; percent-encode : @ and / in them.`
    : 'Set the user name (proxy_user) and name the secret with its password (proxy_password).'
}

/** The proxy answered CONNECT with something else than success. */
export function proxyRefusedProblem(
  proxy: ProxyName,
  answer: { status: number; host: string; port: number },
): ProblemError {
  const detail = `The proxy ${proxy.address} made no connection to ${nameOf(answer)}: it answered ${answer.status}.`
  return problem('proxy-failed', detail, {
    status: answer.status,
    whatToDo: ['Check the address; the proxy may not know or not allow it.', goAround(proxy.source)],
  })
}
