import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { keepWindowBounds, readWindowBounds } from './window-bounds.ts'

const display = { x: 0, y: 0, width: 1920, height: 1080 }
const left = { x: -1920, y: 0, width: 1920, height: 1080 }
const first = { width: 1280, height: 800, isMaximized: false }
const kept = { x: 50, y: 60, width: 1000, height: 700, isMaximized: true }

let folder: string
let file: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'grantlab-bounds-'))
  file = join(folder, 'window.json')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

it('comes back where it was', () => {
  keepWindowBounds(file, kept)
  expect(readWindowBounds(file, [display])).toEqual(kept)
})

it('comes back on a second display while that is there', () => {
  const there = { ...kept, x: -1500 }
  keepWindowBounds(file, there)
  expect(readWindowBounds(file, [display, left])).toEqual(there)
  expect(readWindowBounds(file, [display])).toEqual(first)
})

it.each([
  ['nothing kept', undefined],
  ['no JSON', '{"x": 1'],
  ['no object', 'null'],
  ['texts', '{"x":"1","y":1,"width":1000,"height":700}'],
  ['fractions', '{"x":0.5,"y":1,"width":1000,"height":700}'],
  ['above the display', '{"x":50,"y":-900,"width":1000,"height":700}'],
])('is as at the first start: %s', async (_what, text) => {
  if (text) await writeFile(file, text)
  expect(readWindowBounds(file, [display])).toEqual(first)
})

it('is never smaller than what shows all, nor endless', async () => {
  await writeFile(file, '{"x":0,"y":0,"width":200,"height":9999999}')
  expect(readWindowBounds(file, [display])).toMatchObject({ width: 900, height: 16_384, isMaximized: false })
})

it('a folder that cannot be written disturbs nobody', () => {
  expect(() => keepWindowBounds(join(folder, 'missing', 'window.json'), kept)).not.toThrow()
})
