import type { Answers } from './link.ts'

/** A desktop that shows nothing and writes down what the application asked of it, in order. */
export interface WrittenDesktop {
  asked: { name: string; args: unknown[] }[]
  /** Waits until something was asked; answers its first argument. */
  next(name: string): Promise<unknown>
  /** Calls the listener with the arguments each time something is asked. */
  onAsked(name: string, listener: (args: unknown[]) => void): void
  answers: Answers
}

const asks = [
  'createWindow',
  'load',
  'reload',
  'send',
  'show',
  'focus',
  'closeWindow',
  'openExternal',
  'showErrorBox',
  'showMessageBox',
  'showOpenDialog',
]

/** Creates one; `results` are what the person or the system answers. */
export function createWrittenDesktop(results: Record<string, unknown> = {}): WrittenDesktop {
  const asked: WrittenDesktop['asked'] = []
  const taken = new Map<string, number>()
  const listeners = new Set<(name: string, args: unknown[]) => void>()
  const write = (name: string) => [
    name,
    (...args: unknown[]) => {
      asked.push({ name, args })
      for (const tell of listeners) tell(name, args)
      if (results[name] instanceof Error) throw results[name]
      return results[name]
    },
  ]
  const next = async (name: string): Promise<unknown> => {
    const index = taken.get(name) ?? 0
    taken.set(name, index + 1)
    for (;;) {
      const found = asked.filter((one) => one.name === name)[index]
      if (found) return found.args[0]
      const told = Promise.withResolvers<void>()
      const tell = () => told.resolve()
      listeners.add(tell)
      await told.promise.finally(() => listeners.delete(tell))
    }
  }
  const onAsked: WrittenDesktop['onAsked'] = (name, listener) => {
    listeners.add((one, args) => {
      if (one === name) listener(args)
    })
  }
  return { asked, next, onAsked, answers: Object.fromEntries(asks.map(write)) as Answers }
}
