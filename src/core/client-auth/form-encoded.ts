/** A text as it stands in an application/x-www-form-urlencoded body. @see RFC 6749 Appendix B */
export function formEncoded(text: string): string {
  return new URLSearchParams([['', text]]).toString().slice(1)
}
