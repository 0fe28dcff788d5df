const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
}

/**
 * Text made safe for element content and for quoted attribute values. Control characters, which HTML cannot carry, and
 * bidirectional controls, which change the order a reader sees, become the replacement character.
 * SECURITY: what a server or a stranger sent is shown through this only; without it an `error_description` could run
 * as script on the page that carries the authorization code.
 */
export function escapeHtml(text: string): string {
  return text
    .replace(
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
      '\ufffd',
    )
    .replace(/[&<>"'`]/g, (character) => entities[character] ?? '')
}
