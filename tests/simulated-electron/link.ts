/** One end of a channel between two processes: each may ask the other, and tell it something without an answer. */
export interface Link {
  ask(name: string, ...args: unknown[]): Promise<unknown>
  /** Resolves when everything sent so far was handed over. */
  flushed(): Promise<void>
}

/** What the other end may ask for. */
export type Answers = Record<string, (...args: never[]) => unknown>

/** The part of a process or a child process that a link needs. */
export interface Channel {
  send?(message: object, callback?: (error: Error | null) => void): boolean
  on(event: 'message', listener: (message: unknown) => void): unknown
}

type Message = { id: number; name: string; args: unknown[] } | { answerTo: number; value?: unknown; error?: string }

/** Creates this process's end. Messages stay in the order in which they were sent. */
export function createLink(channel: Channel, answers: () => Answers): Link {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  let lastId = 0
  let sent: Promise<void> = Promise.resolve()
  const send = (message: Message) => {
    const handed = Promise.withResolvers<void>()
    sent = handed.promise
    channel.send?.(message, () => handed.resolve())
  }
  const answer = async (id: number, name: string, args: unknown[]) => {
    try {
      const asked = answers()[name] as ((...given: unknown[]) => unknown) | undefined
      if (!asked) throw new Error(`nobody answers ${name}`)
      send({ answerTo: id, value: await asked(...args) })
    } catch (error) {
      send({ answerTo: id, error: error instanceof Error ? error.message : String(error) })
    }
  }
  const settle = (message: Extract<Message, { answerTo: number }>) => {
    const asked = waiting.get(message.answerTo)
    waiting.delete(message.answerTo)
    if (message.error === undefined) asked?.resolve(message.value)
    else asked?.reject(new Error(message.error))
  }
  channel.on('message', (received) => {
    const message = received as Message
    if ('name' in message) void answer(message.id, message.name, message.args)
    else settle(message)
  })
  return {
    ask(name, ...args) {
      const asked = Promise.withResolvers<unknown>()
      waiting.set(++lastId, asked)
      send({ id: lastId, name, args })
      return asked.promise
    },
    flushed: () => sent,
  }
}
