import { describe, expect, it } from 'vitest'
import { isLoopback, proxyFor } from './proxy-settings.ts'

const proxyOf = (url: string, environment: Record<string, string>) => proxyFor(new URL(url), environment)?.address

describe('proxyFor', () => {
  it.each([
    ['https://a.test/', { HTTPS_PROXY: 'http://p.test:3128' }, 'http://p.test:3128'],
    ['https://a.test/', { HTTP_PROXY: 'http://p.test:3128' }, undefined],
    ['http://a.test/', { HTTP_PROXY: 'http://p.test:3128' }, 'http://p.test:3128'],
    ['http://a.test/', { ALL_PROXY: 'http://p.test:3128' }, 'http://p.test:3128'],
    [
      'https://a.test/',
      { HTTPS_PROXY: 'http://upper.test:1', https_proxy: 'http://lower.test:1' },
      'http://lower.test:1',
    ],
    ['https://a.test/', { HTTPS_PROXY: '  ' }, undefined],
    ['https://a.test/', { HTTPS_PROXY: 'p.test:3128' }, 'http://p.test:3128'],
    ['https://a.test/', { HTTPS_PROXY: 'http://p.test' }, 'http://p.test:80'],
    ['https://a.test/', { HTTPS_PROXY: 'https://p.test' }, 'https://p.test:443'],
    ['https://a.test/', { HTTPS_PROXY: 'http://u:w@[fd00::1]:3128' }, 'http://[fd00::1]:3128'],
    ['https://a.test/', {}, undefined],
  ])('for %s with %j is %s', (url, environment, expected) => {
    expect(proxyOf(url, environment as Record<string, string>)).toBe(expected)
  })

  it.each([
    ['*', 'https://a.test/'],
    ['a.test', 'https://a.test/'],
    ['A.TEST', 'https://a.test/'],
    ['other.test, a.test', 'https://a.test/'],
    ['a.test', 'https://deep.a.test/'],
    ['.a.test', 'https://deep.a.test/'],
    ['*.a.test', 'https://deep.a.test/'],
    ['a.test:443', 'https://a.test/'],
    ['10.1.2.3', 'https://10.1.2.3/'],
    ['10.0.0.0/8', 'https://10.1.2.3/'],
    ['fd00::/8', 'https://[fd00::5]/'],
    ['[fd00::5]:8443', 'https://[fd00::5]:8443/'],
  ])('NO_PROXY=%s excludes %s', (list, url) => {
    expect(proxyOf(url, { HTTPS_PROXY: 'http://p.test:1', NO_PROXY: list })).toBeUndefined()
  })

  it.each([
    ['a.test', 'https://nota.test/'],
    ['deep.a.test', 'https://a.test/'],
    ['a.test:8443', 'https://a.test/'],
    ['10.0.0.0/8', 'https://11.1.2.3/'],
    ['10.0.0.0/99', 'https://10.1.2.3/'],
    ['2.3', 'https://10.1.2.3/'],
    ['', 'https://a.test/'],
  ])('NO_PROXY=%s leaves %s to the proxy', (list, url) => {
    expect(proxyOf(url, { HTTPS_PROXY: 'http://p.test:1', NO_PROXY: list })).toBe('http://p.test:1')
  })

  it.each(['localhost', 'a.localhost', '127.0.0.1', '127.8.9.1', '[::1]', 'localhost.'])('never for %s', (host) => {
    expect(proxyOf(`https://${host}/`, { HTTPS_PROXY: 'http://p.test:1' })).toBeUndefined()
  })

  it.each([
    ['socks5://me:hunter22@p.test:1080', /socks5/],
    ['http://me:hunter%zz22@p.test', /holds no address/],
    ['http://me:hunter22@p.test:99999', /holds no address/],
  ])('refuses %s without repeating its password', (value, words) => {
    const read = () => proxyOf('https://a.test/', { HTTPS_PROXY: value })
    expect(read).toThrow(words)
    expect(read).toThrow(/HTTPS_PROXY/)
    expect(read).not.toThrow(/hunter/)
  })
})

describe('isLoopback', () => {
  it.each(['10.0.0.1', 'localhost.example.test', 'notlocalhost', '::2', '128.0.0.1'])('not %s', (host) => {
    expect(isLoopback(host)).toBe(false)
  })
})
