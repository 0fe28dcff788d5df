import { expect, it } from 'vitest'
import { resourceAddressOf } from './resource-address.ts'

it.each([
  ['https://api.example.test/mcp', 'https://api.example.test/mcp', false],
  ['https://api.example.test', 'https://api.example.test', false],
  ['https://api.example.test/', 'https://api.example.test/', false],
  ['api.example.test/mcp?v=1#top', 'https://api.example.test/mcp?v=1', false],
  ['https://api.example.test/.well-known/oauth-protected-resource/mcp', 'https://api.example.test/mcp', true],
  ['https://api.example.test/.well-known/oauth-protected-resource', 'https://api.example.test', true],
])('reads %s', (text, address, isMetadata) => expect(resourceAddressOf(text)).toEqual({ address, isMetadata }))

it.each([
  'file:///etc/passwd',
  'javascript:alert(1)',
  'two words.example',
  'https://me:secret@api.example.test',
  'word',
])('refuses %s', (text) => expect(resourceAddressOf(text)).toBeUndefined())
