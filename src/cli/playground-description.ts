import type { CommandDescription } from '../contract/description.ts'

/** The playground as a command of its own: it serves until it is stopped. */
export const playgroundDescription: CommandDescription = {
  id: 'playground',
  title: 'Playground',
  summary: 'Run the built-in authorization server until Ctrl+C.',
  parameters: [
    {
      name: 'port',
      title: 'Port',
      type: 'integer',
      hint: 'The port on 127.0.0.1. Left out: 7420 or, when that is taken, a free one. 0 takes any free one. Given, a second playground of this data folder may start beside one that runs.',
      minimum: 0,
      maximum: 65_535,
    },
    {
      name: 'access_token_seconds',
      title: 'Life of an access token',
      type: 'integer',
      hint: 'Seconds an access token lives; 600 when left out.',
      minimum: 1,
    },
    {
      name: 'code_seconds',
      title: 'Life of a code',
      type: 'integer',
      hint: 'Seconds an authorization code lives; 60 when left out.',
      minimum: 1,
    },
    {
      name: 'initial_access_token',
      title: 'Initial access token',
      type: 'secret',
      hint: 'What a client has to bring to register itself (RFC 7591). Left out: every client may register.',
    },
    {
      name: 'client_secret_seconds',
      title: 'Life of a client secret',
      type: 'integer',
      hint: 'Seconds the secret of a client that registered lives; left out: it lasts.',
      minimum: 1,
    },
    {
      name: 'print_secrets',
      title: 'Print secrets',
      type: 'boolean',
      hint: 'Print the client secrets and passwords too, for scripts that use this server.',
    },
  ],
}
