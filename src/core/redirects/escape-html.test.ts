import { parseFragment } from 'parse5'
import { describe, expect, it } from 'vitest'
import { escapeHtml } from './escape-html.ts'

const hostile = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  `' onmouseover='alert(1)`,
  '&lt;script&gt;',
  '</title><svg/onload=alert(1)>',
  '`onclick=alert(1)`',
  '<!--<script>',
  ']]><x>',
]

describe('escapeHtml', () => {
  it.each(hostile)('%s stays one text, in an element and in an attribute', (text) => {
    const escaped = escapeHtml(text)
    const [inElement] = parseFragment(`<p>${escaped}</p>`).childNodes
    expect(inElement).toMatchObject({ tagName: 'p', childNodes: [{ nodeName: '#text', value: text }] })
    for (const quote of [`"`, `'`]) {
      const [element, ...rest] = parseFragment(`<p title=${quote}${escaped}${quote}></p>`).childNodes
      expect(element).toMatchObject({ attrs: [{ name: 'title', value: text }], childNodes: [] })
      expect(rest).toEqual([])
    }
  })

  it('replaces control characters and bidirectional controls', () => {
    expect(escapeHtml('a\u0000b\u001bc\u202ed\u2066e\u200ff')).toBe('a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf')
  })

  it('keeps line breaks, tabs and all scripts', () => {
    expect(escapeHtml('a\tb\nc Ünïcödé 日本 😀')).toBe('a\tb\nc Ünïcödé 日本 😀')
  })
})
