import { describe, expect, it } from 'vitest'
import { apiErrorOf, sentenceOf } from './read-api-error.ts'

describe('an error of an API', () => {
  it('is read as OAuth tells it', () => {
    const error = apiErrorOf({ error: 'invalid_client', error_description: 'no such client' })
    expect(error).toEqual({ code: 'invalid_client', title: 'invalid_client', detail: 'no such client' })
    expect(sentenceOf(error!)).toBe('invalid_client: no such client')
    expect(sentenceOf(apiErrorOf({ error: 'forbidden' })!)).toBe('forbidden.')
  })

  it('says which members of a registration are wrong', () => {
    const invalid_fields = { redirect_uris: ['is no address', 'is missing'], scope: 'unknown', odd: [5, null, {}] }
    expect(apiErrorOf({ error: 'invalid_client_metadata', invalid_fields })?.fields).toEqual([
      { name: 'redirect_uris', detail: 'is no address is missing' },
      { name: 'scope', detail: 'unknown' },
    ])
  })

  it('is read as a list, with pointers and parameters', () => {
    const errors = [
      { code: '10027', title: 'Invalid', detail: 'must be a subset', source: { pointer: '/allowed_scopes' } },
      { code: 10004, title: 'Missing', detail: 'is not an address', source: { pointer: '/redirect_uris/0' } },
      { title: 'Too large', source: { parameter: 'page[size]' } },
      { detail: 'must be a subset', source: { pointer: '/a~1b' } },
      'nonsense',
    ]
    const error = apiErrorOf({ errors })
    expect(error).toEqual({
      code: '10027',
      title: 'Invalid',
      detail: 'must be a subset is not an address',
      fields: [
        { name: 'allowed_scopes', detail: 'must be a subset' },
        { name: 'redirect_uris', detail: '0: is not an address' },
        { name: 'page[size]', detail: 'Too large' },
        { name: 'a/b', detail: 'must be a subset' },
      ],
    })
    expect(sentenceOf(error!)).toBe('Invalid (10027): must be a subset is not an address')
  })

  it('needs neither title nor source', () => {
    expect(apiErrorOf({ errors: [{ code: '10005' }] })).toEqual({ code: '10005', title: '10005', detail: '' })
    expect(apiErrorOf({ errors: [{ source: { pointer: 5 } }] })).toEqual({ title: 'Error', detail: '' })
  })

  it('is bounded', () => {
    const errors = Array.from({ length: 10_000 }, (_, index) => ({
      detail: 'x'.repeat(3_000),
      source: { pointer: `/${index}` },
    }))
    const error = apiErrorOf({ errors })!
    expect(error.fields).toHaveLength(50)
    expect(error.detail).toBe('… (3000 characters)')
  })

  it.each([null, 'text', 5, [], {}, { error: 5, errors: 'x' }, { errors: [] }, { errors: ['x'] }, { error: {} }])(
    'is not found in %j',
    (json) => {
      expect(apiErrorOf(json)).toBeUndefined()
    },
  )
})
