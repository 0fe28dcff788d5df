import { createHash } from 'node:crypto'

/** The one style sheet of all pages; light and dark follow the reader's system. */
export const styleSheet = `
:root { color-scheme: light dark; --ground: #f6f7f9; --panel: #fff; --sunken: #f1f3f6; --line: #e2e5ea; --field: #8f98a6;
  --text: #1a1f29; --dim: #4f5866; --accent: #0b7285; --on-accent: #fff; --error: #b3261e; --error-ground: #fbeceb; }
@media (prefers-color-scheme: dark) { :root { --ground: #12151a; --panel: #181c22; --sunken: #14171c; --line: #272d36;
  --field: #687383; --text: #e4e8ee; --dim: #a7b0bd; --accent: #3bb5c9; --on-accent: #0c1519; --error: #f08a80;
  --error-ground: #2c1c1c; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; grid-template-rows: 1fr auto 1.4fr; justify-items: center;
  padding: 24px 16px; background: var(--ground); color: var(--text);
  font: 14px/21px Inter, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
main { grid-row: 2; width: 100%; max-width: 380px; background: var(--panel); border: 1px solid var(--line);
  border-radius: 8px; overflow: hidden; }
main.wide { max-width: 560px; }
.mark { display: flex; align-items: center; gap: 8px; padding: 12px 24px; border-bottom: 1px solid var(--line);
  color: var(--dim); font-size: 13px; }
.mark::before { content: ""; width: 12px; height: 12px; border-radius: 4px; background: var(--accent); }
.mark b { color: var(--text); font-weight: 600; }
.content { padding: 20px 24px 24px; }
.aside { padding: 14px 24px 16px; border-top: 1px solid var(--line); background: var(--sunken); color: var(--dim);
  font-size: 13px; line-height: 19px; }
h1 { margin: 0 0 4px; font-size: 18px; line-height: 26px; font-weight: 600; }
h2 { margin: 20px 0 4px; font-size: 13px; line-height: 19px; font-weight: 600; }
p { margin: 0 0 16px; color: var(--dim); overflow-wrap: anywhere; }
p:last-child { margin-bottom: 0; }
b { font-weight: 600; color: var(--text); }
code { font: 12px/18px "JetBrains Mono", ui-monospace, SFMono-Regular, Consolas, monospace; color: var(--text);
  overflow-wrap: anywhere; }
a { color: var(--accent); }
label { display: block; margin: 0 0 4px; font-size: 13px; font-weight: 600; }
input { display: block; width: 100%; height: 34px; margin: 0 0 14px; padding: 0 10px; border: 1px solid var(--field);
  border-radius: 6px; background: var(--panel); color: var(--text); font: inherit; }
button { display: block; width: 100%; height: 36px; margin: 8px 0 0; border: 1px solid var(--field); border-radius: 6px;
  background: var(--panel); color: var(--text); font: inherit; font-weight: 600; cursor: pointer; }
button.primary { margin-top: 4px; border-color: var(--accent); background: var(--accent); color: var(--on-accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
[role="alert"] { margin: 0 0 14px; padding: 8px 10px; border-radius: 6px; background: var(--error-ground);
  color: var(--error); }
ul { margin: 0 0 16px; padding: 0; list-style: none; border: 1px solid var(--line); border-radius: 6px; }
li { display: flex; justify-content: space-between; align-items: baseline; gap: 12px; padding: 7px 12px; }
li + li { border-top: 1px solid var(--line); }
li code { color: var(--dim); white-space: nowrap; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 2px 0; text-align: left; font-weight: 400; vertical-align: top; }
th { width: 34%; padding-right: 12px; }
dl { display: grid; grid-template-columns: auto 1fr; gap: 4px 12px; margin: 0; }
dt { color: var(--dim); }
dd { margin: 0; overflow-wrap: anywhere; }
`

const styleHash = createHash('sha256').update(styleSheet).digest('base64')

/**
 * The policy of all pages: no script, nothing from elsewhere, not framed. Forms may lead to any web address because
 * Chromium applies form-action to the redirect that follows a form as well, and that one goes to the client's redirect
 * URI; an IPv6 host cannot be written in a policy.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${styleHash}'`,
  'img-src data:',
  'form-action http: https:',
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')
