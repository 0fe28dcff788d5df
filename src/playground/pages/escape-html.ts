const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
}

/**
 * Text made safe for element content and for quoted attributes. Control characters, which HTML cannot carry, and
 * bidirectional overrides, which reorder what a reader sees, become the replacement character.
 * SECURITY: every text that a page shows goes through here; most of it comes from a request.
 */
export function escapeHtml(text: unknown): string {
  return String(text)
    .replace(/[&<>"'`]/g, (character) => entities[character] ?? '')
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g, '\ufffd')
}
