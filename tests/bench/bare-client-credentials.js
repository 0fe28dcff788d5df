// The floor: what a developer would write by hand with openid-client, discovery included.
import * as client from 'openid-client'

const { ISSUER, CLIENT_ID, CLIENT_SECRET, SCOPE } = process.env
const configuration = await client.discovery(
  new URL(ISSUER),
  CLIENT_ID,
  CLIENT_SECRET,
  client.ClientSecretBasic(CLIENT_SECRET),
  {
    execute: [client.allowInsecureRequests],
  },
)
const answer = await client.clientCredentialsGrant(configuration, { scope: SCOPE })
if (!answer.access_token) throw new Error('no access token')
