import type { ParameterDescription } from '../../contract/description.ts'
import { readAddress } from '../workspace/read-address.ts'
import type { CommandsOf } from './command.ts'

const name: ParameterDescription = {
  name: 'name',
  title: 'Profile',
  type: 'text',
  hint: 'The name of the profile, which is the name of its file.',
  required: true,
  positional: true,
}

const saveParameters: ParameterDescription[] = [
  name,
  { name: 'title', title: 'Title', type: 'text', hint: 'What lists show; left out, it stays, or is the name.' },
  {
    name: 'values',
    title: 'Values',
    type: 'object',
    hint: 'All values of the profile by parameter name; secrets only as {secret: NAME}.',
    required: true,
  },
  {
    name: 'replace',
    title: 'Replace',
    type: 'boolean',
    hint: 'Change the profile that has this name already; comments in its file stay.',
    default: false,
  },
]

/** Profiles: authorization server, client and defaults, in the workspace folder. */
export const profileCommands: CommandsOf<
  'profiles list' | 'profiles show' | 'profiles save' | 'profiles delete' | 'profiles read-address'
> = {
  'profiles list': {
    description: {
      id: 'profiles list',
      title: 'List profiles',
      summary: 'List the profiles of the workspace, with the secrets that have no value here.',
      parameters: [],
    },
    run: ({ workspace }) => workspace.listProfiles(),
  },
  'profiles show': {
    description: {
      id: 'profiles show',
      title: 'Show a profile',
      summary: 'Show the values of a profile; secrets are names only.',
      parameters: [name],
    },
    run: ({ workspace }, parameters) => workspace.resolveProfile(parameters.name),
  },
  'profiles save': {
    description: {
      id: 'profiles save',
      title: 'Save a profile',
      summary: 'Write a profile into the workspace.',
      parameters: saveParameters,
    },
    run: ({ workspace }, profile) => workspace.saveProfile(profile),
  },
  'profiles delete': {
    description: {
      id: 'profiles delete',
      title: 'Delete a profile',
      summary: 'Delete the file of a profile.',
      parameters: [name],
    },
    async run({ workspace }, parameters) {
      await workspace.deleteProfile(parameters.name)
      return { deleted: parameters.name }
    },
  },
  'profiles read-address': {
    description: {
      id: 'profiles read-address',
      title: 'Read an address',
      summary: 'Read an issuer or a sign-in address as the start of a profile; asks no server.',
      parameters: [
        {
          name: 'address',
          title: 'Address',
          type: 'text',
          hint: 'An issuer, or the address from the browser bar while it shows the sign-in page.',
          required: true,
          positional: true,
        },
      ],
    },
    run: async (_context, { address }) => readAddress(address),
  },
}
