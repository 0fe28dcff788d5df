/** Who names a proxy: an environment variable, the profile, or the settings for all profiles. */
export type ProxySource = { variable: string } | 'profile' | 'settings'

/** A proxy as problems name it: never with its credentials. */
export interface ProxyName {
  /** `http://host:port` */
  address: string
  source: ProxySource
}

/** What to call the place a proxy was named in: at the beginning of a sentence, in one, and what to look at. */
export function wordsOfSource(source: ProxySource): { named: string; from: string; check: string } {
  if (typeof source === 'object')
    return { named: `The environment variable ${source.variable}`, from: source.variable, check: source.variable }
  return source === 'profile'
    ? { named: 'The proxy', from: 'the profile', check: 'the proxy (proxy)' }
    : { named: 'The proxy of the settings', from: 'the settings', check: 'the proxy in the settings' }
}
