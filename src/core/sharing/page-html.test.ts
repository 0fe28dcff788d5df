import { parse, type DefaultTreeAdapterTypes } from 'parse5'
import { expect, it } from 'vitest'
import { capsuleDataIn, writeCapsuleData } from './capsule-data.ts'
import { pageHtml } from './page-html.ts'

type Node = DefaultTreeAdapterTypes.ChildNode

const hostile = [
  '<script>alert(1)</script>',
  '</script><script>alert(1)</script>',
  '<!--<script>',
  '"><img src=//evil.test/x onerror=alert(1)>',
  "' style='background:url(//evil.test)",
  '</pre></style><style>@import "//evil.test"</style>',
  'javascript:alert(1)',
  '\u202egnp.exe',
  'a\u0000b\u001b[31m',
  '&lt;b&gt;',
  '<script type="application/json" id="grantlab-capsule">{"version":9}</script>',
]

function elementsOf(node: { childNodes?: Node[] }): DefaultTreeAdapterTypes.Element[] {
  return (node.childNodes ?? []).flatMap((child) => ('tagName' in child ? [child, ...elementsOf(child)] : []))
}

const allowed = new Set(
  `html head meta title style body main h1 h2 h3 h4 h5 h6 p dl dt dd ol ul li figure figcaption pre section details summary
  script`.split(/\s+/),
)

it.each(hostile)('%s stays text wherever it stands', (text) => {
  const data = {
    version: 1 as const,
    grantlab: text,
    madeAt: '',
    note: text,
    include: [],
    runs: [{ events: [], bodies: { [text]: text }, leftOut: [] }],
  }
  const html = pageHtml(
    {
      title: text,
      blocks: [
        {
          kind: 'section',
          title: text,
          isFolded: true,
          blocks: [
            { kind: 'words', text },
            { kind: 'facts', rows: [[text, text]] },
            { kind: 'list', items: [text] },
            { kind: 'code', caption: text, text },
          ],
        },
      ],
    },
    writeCapsuleData(data),
  )
  const elements = elementsOf(parse(html))
  expect(elements.map(({ tagName }) => tagName).filter((name) => !allowed.has(name))).toEqual([])
  const scripts = elements.filter(({ tagName }) => tagName === 'script')
  expect(scripts.map(({ attrs }) => attrs)).toEqual([
    [
      { name: 'type', value: 'application/json' },
      { name: 'id', value: 'grantlab-capsule' },
    ],
  ])
  expect(elements.filter(({ tagName }) => tagName === 'style')).toHaveLength(1)
  const names = new Set(elements.flatMap(({ attrs }) => attrs.map(({ name }) => name)))
  for (const name of ['href', 'src', 'style', 'action', 'srcset', 'onerror', 'onload'])
    expect(names).not.toContain(name)
  expect(html).toContain(`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-`)
  // What is read back is what was written.
  expect(JSON.parse(capsuleDataIn(html)!)).toEqual(data)
})

it('data that stands there twice is none', () => {
  const block = writeCapsuleData({ version: 1, grantlab: '', madeAt: '', note: '', include: [], runs: [] })
  expect(capsuleDataIn(block)).toContain('"version":1')
  expect(capsuleDataIn(block + block)).toBeUndefined()
  expect(capsuleDataIn(block.slice(0, -3))).toBeUndefined()
})
