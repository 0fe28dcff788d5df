import { expect, it } from 'vitest'
import { findBrowserIn } from './find-browser.js'

function find(platform: string, env: Record<string, string>, installed: string[]): string | undefined {
  return findBrowserIn({ platform, env, exists: (path) => installed.includes(path) })
}

it('takes CHROME_PATH before all others', () => {
  expect(find('linux', { CHROME_PATH: '/my/chrome' }, ['/my/chrome', '/usr/bin/google-chrome'])).toBe('/my/chrome')
})

it('refuses a CHROME_PATH that names no file, instead of opening another browser', () => {
  expect(() => find('linux', { CHROME_PATH: '/my/chrome' }, ['/usr/bin/google-chrome'])).toThrow(
    'CHROME_PATH names /my/chrome, which does not exist.',
  )
})

it('prefers Chrome to Chromium, wherever in PATH they are', () => {
  const installed = ['/a/chromium', '/b/google-chrome']
  expect(find('linux', { PATH: '/a:/b' }, installed)).toBe('/b/google-chrome')
})

it('looks in the usual folders of each system', () => {
  expect(find('linux', {}, ['/usr/bin/chromium'])).toBe('/usr/bin/chromium')
  const edge = '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge'
  expect(find('darwin', {}, [edge])).toBe(edge)
  const chrome = 'D:\\Local\\Google\\Chrome\\Application\\chrome.exe'
  expect(find('win32', { LOCALAPPDATA: 'D:\\Local' }, [chrome])).toBe(chrome)
})

it('finds nothing where nothing is', () => {
  expect(find('linux', { PATH: '' }, [])).toBeUndefined()
})
