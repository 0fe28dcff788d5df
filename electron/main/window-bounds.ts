import { readFileSync, writeFileSync } from 'node:fs'
import type { Rectangle } from 'electron'

/** Where the window was and how large. */
export interface WindowBounds extends Partial<Rectangle> {
  width: number
  height: number
  isMaximized: boolean
}

/** No smaller window shows all of Grantlab. */
export const smallestWindow = { width: 900, height: 600 }

const firstBounds: WindowBounds = { width: 1280, height: 800, isMaximized: false }

/** Reads where the window was; what cannot be read, or lies outside of all displays, is as at the first start. */
export function readWindowBounds(file: string, displays: readonly Rectangle[]): WindowBounds {
  try {
    const { x, y, width, height, isMaximized } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
    if (![x, y, width, height].every(Number.isSafeInteger)) return firstBounds
    const bounds = { x, y, width, height, isMaximized: isMaximized === true } as WindowBounds & Rectangle
    return displays.some((display) => showsTitle(display, bounds)) ? withinReason(bounds) : firstBounds
  } catch {
    return firstBounds
  }
}

/** Keeps where the window is. Only convenience: a folder that cannot be written is no reason to disturb. */
export function keepWindowBounds(file: string, bounds: WindowBounds): void {
  try {
    writeFileSync(file, `${JSON.stringify(bounds)}\n`, { mode: 0o600 })
  } catch {
    // The next window opens where the first one did.
  }
}

function withinReason(bounds: WindowBounds): WindowBounds {
  const atLeast = (value: number, least: number) => Math.min(Math.max(value, least), 16_384)
  return {
    ...bounds,
    width: atLeast(bounds.width, smallestWindow.width),
    height: atLeast(bounds.height, smallestWindow.height),
  }
}

/** Whether enough of the upper edge lies on the display to take hold of it. */
function showsTitle(display: Rectangle, window: Rectangle): boolean {
  const shown = Math.min(display.x + display.width, window.x + window.width) - Math.max(display.x, window.x)
  return shown >= 100 && window.y >= display.y && window.y < display.y + display.height - 50
}
