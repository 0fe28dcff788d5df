import { expect, it } from 'vitest'
import { chooseWindow, readWindowFlag } from './choose-window.js'

/** A desktop where everything is as it should be. */
const desktop = {
  wanted: undefined,
  args: [],
  isRoot: false,
  hasDisplay: true,
  hasBinary: true,
  pastFailure: undefined,
} as const

it('prefers Electron, and gets it when it is not there', () => {
  expect(chooseWindow(desktop)).toEqual({ window: 'electron', get: false })
  expect(chooseWindow({ ...desktop, hasBinary: false })).toEqual({ window: 'electron', get: true })
})

it('does not try again what failed, unless it is asked to', () => {
  const failed = { ...desktop, hasBinary: false, pastFailure: 'no network' }
  expect(chooseWindow(failed)).toEqual({
    window: 'browser',
    why: 'Electron could not be got (no network); npm start -- --window electron tries again',
  })
  expect(chooseWindow({ ...failed, wanted: 'electron' })).toEqual({ window: 'electron', get: true })
  expect(chooseWindow({ ...failed, hasBinary: true })).toEqual({ window: 'electron', get: false })
})

it.each([
  ['root', { isRoot: true }, 'root'],
  ['no display', { hasDisplay: false }, 'display'],
])('opens a browser and says why: %s, even when Electron is asked for', (_what, facts, word) => {
  for (const wanted of [undefined, 'electron'] as const) {
    const choice = chooseWindow({ ...desktop, ...facts, wanted })
    expect(choice).toEqual({ window: 'browser', why: expect.stringContaining(word) })
  }
})

it.each(['--no-open', '--port', '--port=8080', '--help', '-h'])('%s is for the browser host', (flag) => {
  expect(chooseWindow({ ...desktop, args: [flag] })).toEqual({ window: 'browser' })
  expect(chooseWindow({ ...desktop, args: [flag], wanted: 'electron' })).toMatchObject({ window: 'electron' })
})

it('asks nothing of Electron when a browser is wanted', () => {
  const facts = { ...desktop, wanted: 'browser', isRoot: true, hasBinary: false, pastFailure: 'x' } as const
  expect(chooseWindow(facts)).toEqual({ window: 'browser' })
})

it.each([
  [[], undefined, []],
  [['--window', 'browser', '--port', '1'], 'browser', ['--port', '1']],
  [['--data-dir', 'x', '--window=electron'], 'electron', ['--data-dir', 'x']],
  [['--window', 'door'], 'unknown', []],
  [['--window'], 'unknown', []],
])('takes --window out of %j', (args, wanted, rest) => {
  expect(readWindowFlag(args)).toEqual({ wanted, args: rest })
})
