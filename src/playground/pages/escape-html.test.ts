import { defaultTreeAdapter, parseFragment } from 'parse5'
import { expect, test } from 'vitest'
import { escapeHtml } from './escape-html.ts'

const hostile = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onfocus='alert(1)",
  '` onfocus=`alert(1)',
  '</title></style></textarea><svg/onload=alert(1)>',
  '<!--',
  ']]>',
  '&lt;b&gt;',
  '&#60;b&#62;',
  '&',
]

test.each(hostile)('%s stays text in content and in an attribute', (text) => {
  const [content] = parseFragment(`<p>${escapeHtml(text)}</p>`).childNodes
  if (!content || !defaultTreeAdapter.isElementNode(content)) throw new Error('no element')
  expect(content.childNodes).toHaveLength(1)
  const [child] = content.childNodes
  expect(child && defaultTreeAdapter.isTextNode(child) && child.value).toBe(text)
  for (const quote of ['"', "'"]) {
    const [input] = parseFragment(`<input value=${quote}${escapeHtml(text)}${quote}>`).childNodes
    if (!input || !defaultTreeAdapter.isElementNode(input)) throw new Error('no element')
    expect(input.attrs).toEqual([{ name: 'value', value: text }])
  }
})

test('control characters and bidirectional overrides become visible', () => {
  expect(escapeHtml('a\u0000b\u001bc\u202ed\u2066e')).toBe('a\ufffdb\ufffdc\ufffdd\ufffde')
  expect(escapeHtml('line\nline\ttab')).toBe('line\nline\ttab')
})

test('what is not text is shown as text', () => {
  expect(escapeHtml(undefined)).toBe('undefined')
  expect(escapeHtml({ toString: () => '<b>' })).toBe('&lt;b&gt;')
})
