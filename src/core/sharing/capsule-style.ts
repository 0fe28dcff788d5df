/** The one style sheet of a capsule; its hash stands in the page's policy. */
export const capsuleStyle = `
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #57606a; --line: #d5dae0; --back: #fff; --panel: #f5f7f9;
  --error: #b3261e; --warning: #8a5a00; --good: #1a6e3c; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e4e8ec; --soft: #9aa4ae; --line: #363d45; --back: #14181c; --panel: #1c2228;
    --error: #ff8a80; --warning: #f0b95b; --good: #6fd59a; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--ink); font: 15px/1.5 system-ui, sans-serif;
  overflow-wrap: anywhere; }
main { max-width: 64rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.25rem; margin-top: 2rem; } h3 { font-size: 1.05rem; }
h4, h5, h6 { font-size: 1rem; margin: .75rem 0 .25rem; }
p, li, dd, pre { unicode-bidi: plaintext; }
dl { display: grid; grid-template-columns: minmax(6rem, 12rem) minmax(0, 1fr); gap: .2rem 1rem; margin: .5rem 0; }
dt { color: var(--soft); } dd { margin: 0; white-space: pre-wrap; }
figure { margin: .5rem 0; } figcaption { color: var(--soft); }
pre { background: var(--panel); border: 1px solid var(--line); border-radius: 6px; padding: .6rem; margin: .2rem 0;
  white-space: pre-wrap; font: 13px/1.45 ui-monospace, monospace; max-height: 30rem; overflow: auto; }
details { border: 1px solid var(--line); border-radius: 6px; padding: .3rem .8rem; margin: .5rem 0; }
summary { cursor: pointer; } summary h3, summary h4, summary h5 { display: inline; font-weight: 600; }
.error > h2, .error > h3, .error > h4, .error > summary > * { color: var(--error); }
.warning > h2, .warning > h3, .warning > h4, .warning > summary > * { color: var(--warning); }
.good > h2, .good > h3, .good > h4, .good > summary > * { color: var(--good); }
@media (max-width: 40rem) { dl { grid-template-columns: minmax(0, 1fr); } dt { margin-top: .4rem; } }
@media print { body { font-size: 11px; } pre { max-height: none; } main { max-width: none; padding: 0; } }
`
