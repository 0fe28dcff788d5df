import { describe, expect, it } from 'vitest'
import { problem } from '../problems/problem-error.ts'
import { userAgents } from './index.ts'
import { paste } from './paste.ts'
import { system } from './system.ts'
import { taskFor } from './testing/agent-task.ts'

const address = 'https://as.example/authorize?client_id=c'

describe('the system browser', () => {
  it('opens the address and leaves the answer to the listener', async () => {
    const task = taskFor(address)
    expect(await system.authorize(task)).toBeNull()
    expect(task.opened).toEqual([address])
  })

  it('says what to use where there is none', async () => {
    await expect(system.authorize(taskFor(address, { openAddress: undefined }))).rejects.toMatchObject({
      problem: {
        code: 'browser-not-opened',
        whatToDo: [expect.stringContaining('(agent paste)'), expect.stringContaining('(agent form)')],
      },
    })
  })

  it.each(['file:///etc/passwd', 'javascript:alert(1)', 'ms-calculator:', '-flag', 'httpx://a'])(
    'never opens %s',
    async (other) => {
      const task = taskFor(other)
      await expect(system.authorize(task)).rejects.toMatchObject({ problem: { code: 'browser-not-opened' } })
      expect(task.opened).toEqual([])
    },
  )

  it('names why it did not open', async () => {
    const failing = taskFor(address, { openAddress: () => Promise.reject(new Error('xdg-open: not found')) })
    await expect(system.authorize(failing)).rejects.toMatchObject({
      problem: { code: 'browser-not-opened', detail: expect.stringContaining('xdg-open: not found') },
    })
    const own = problem('playground-failed', 'x')
    await expect(system.authorize(taskFor(address, { openAddress: () => Promise.reject(own) }))).rejects.toBe(own)
  })

  it('waits for no opener that never comes back, once cancelled', async () => {
    const controller = new AbortController()
    const opening = system.authorize(
      taskFor(address, { openAddress: () => new Promise(() => {}), signal: controller.signal }),
    )
    controller.abort()
    await expect(opening).rejects.toMatchObject({ problem: { code: 'cancelled' } })
  })
})

describe('paste', () => {
  it('does nothing by itself', async () => {
    const task = taskFor(address)
    expect(await paste.authorize(task)).toBeNull()
    expect(task.opened).toEqual([])
  })
})

describe('the list', () => {
  it('names each once, and only the system browser listens', () => {
    expect(userAgents.map(({ id, driven, listens }) => [id, driven, listens])).toEqual([
      ['system', false, true],
      ['form', true, false],
      ['consent', true, false],
      ['paste', true, false],
    ])
  })
})
