/** A value in every form it may travel in; finding any of these in a file is a leak. */
export function everyEncoding(value: string): Record<string, string> {
  const percent = encodeURIComponent(value)
  const form = new URLSearchParams({ v: value }).toString().slice(2)
  const base64 = Buffer.from(value, 'utf8').toString('base64')
  return {
    raw: value,
    percent,
    percentLower: percent.replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase()),
    form,
    json: JSON.stringify(value).slice(1, -1),
    jsonAscii: JSON.stringify(value)
      .slice(1, -1)
      .replace(/[\u0080-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`),
    html: value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
    base64,
    base64url: Buffer.from(value, 'utf8').toString('base64url'),
  }
}

/** Names of the encodings of a value that stand in a text. */
export function leaksIn(text: string, value: string): string[] {
  return Object.entries(everyEncoding(value))
    .filter(([, encoded]) => text.includes(encoded))
    .map(([name]) => name)
}
