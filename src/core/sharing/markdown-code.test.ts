import { expect, it } from 'vitest'
import { codeBlock, codeSpan } from './markdown-code.ts'

it.each([
  'plain',
  '`code`',
  '``` fence',
  'a ` b `` c ``` d',
  '[link](javascript:alert(1))',
  '<img src=x onerror=alert(1)>',
  'a | b | c',
  '@somebody https://evil.test www.evil.test',
  '# heading',
  '\\`',
])('%s cannot leave its code', (text) => {
  const span = codeSpan(text)
  const [, fence, inner] = /^(`+) (.*) \1$/.exec(span)!
  expect(inner).toBe(text)
  expect([...inner!.matchAll(/`+/g)].some(([run]) => run.length === fence!.length)).toBe(false)
  const [open, line, close, ...rest] = codeBlock([text])
  expect([line, close, rest]).toEqual([text, open, []])
  expect([...text.matchAll(/`+/g)].every(([run]) => run.length < open!.length)).toBe(true)
})

it('shows what is hidden, keeps to one line and to its length', () => {
  expect(codeSpan('a\n\n# b\u202e\u0000')).toBe('` a\\n\\n# b\\u{202e}\\u{0} `')
  expect(codeSpan('x'.repeat(400), 10)).toBe(`\` ${'x'.repeat(10)}… \``)
  expect(codeSpan(' \t')).not.toContain('\t')
  expect(codeSpan('')).toBe('')
  expect(codeBlock(['```\n```'])).toEqual(['````', '```\\n```', '````'])
})
