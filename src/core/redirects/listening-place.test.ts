import { describe, expect, it } from 'vitest'
import { ProblemError } from '../problems/problem-error.ts'
import { listeningPlaceOf, withPort } from './listening-place.ts'

describe('listeningPlaceOf', () => {
  it.each([
    ['http://127.0.0.1:8765/callback', ['127.0.0.1'], 8765],
    ['http://[::1]:0/', ['::1'], 0],
    ['http://localhost/cb?x=1', ['127.0.0.1', '::1'], 80],
    ['HTTP://LOCALHOST:9000', ['127.0.0.1', '::1'], 9000],
  ])('listens for %s', (uri, addresses, port) => {
    expect(listeningPlaceOf(uri)).toMatchObject({ addresses, port })
  })

  it.each([
    ['https://127.0.0.1:8765/callback', 'not with https'],
    ['https://app.example.com/callback', 'not with https'],
    ['http://app.example.com/callback', 'not at app.example.com'],
    ['http://192.168.1.4:8765/callback', 'not at 192.168.1.4'],
    ['http://0.0.0.0:8765/callback', 'not at 0.0.0.0'],
    ['http://[::]:8765/callback', 'not at [::]'],
    ['http://localhost.evil.example/callback', 'not at localhost.evil.example'],
    ['http://user:pw@127.0.0.1:8765/callback', 'user name or password'],
    ['com.example.app:/callback', 'the scheme com.example.app'],
  ])('refuses %s and proposes Paste', (uri, reason) => {
    const problem = problemFrom(() => listeningPlaceOf(uri))
    expect(problem).toMatchObject({ code: 'redirect-uri-not-local' })
    expect(problem?.detail).toContain(reason)
    expect(problem?.whatToDo?.[0]).toContain('Paste')
  })
})

describe('withPort', () => {
  it.each([
    ['http://127.0.0.1:0/cb?next=http://x:0/', 'http://127.0.0.1:4711/cb?next=http://x:0/'],
    ['http://[::1]:0', 'http://[::1]:4711'],
    ['http://localhost:00000?a=b', 'http://localhost:4711?a=b'],
    ['http://127.0.0.1:8765/cb', 'http://127.0.0.1:8765/cb'],
    ['http://127.0.0.1/:0/', 'http://127.0.0.1/:0/'],
  ])('%s becomes %s', (uri, expected) => {
    expect(withPort(uri, 4711)).toBe(expected)
  })
})

function problemFrom(act: () => unknown) {
  try {
    act()
  } catch (error) {
    if (error instanceof ProblemError) return error.problem
    throw error
  }
  return undefined
}
