/** The value of an Authorization header for a user and a password as they are. @see RFC 7617 §2 */
export function basicCredentials(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`
}
