/** The kinds of token an answer can carry. */
export type TokenKind = 'access_token' | 'id_token' | 'refresh_token'

/** What may be handed out alone, in clear, to a person who asks for it by name. */
export type PrintableKind = TokenKind | 'client_secret' | 'registration_access_token'
