/** The kinds of token an answer can carry. */
export type TokenKind = 'access_token' | 'id_token' | 'refresh_token'
