import type { ParameterDescription } from '../../contract/description.ts'
import { listTemplates } from '../workspace/profile-templates.ts'
import { readAddress } from '../workspace/read-address.ts'
import type { CommandsOf } from './command.ts'
import { profileFileCommands, profileName } from './profile-files.ts'

const saveParameters: ParameterDescription[] = [
  profileName,
  { name: 'title', title: 'Title', type: 'text', hint: 'What lists show; left out, it stays, or is the name.' },
  {
    name: 'values',
    title: 'Values',
    type: 'object',
    hint: 'All values of the profile by parameter name; secrets only as {secret: NAME}.',
    required: true,
  },
  {
    name: 'production',
    title: 'Production',
    type: 'boolean',
    hint: "Real people's data: what destroys something asks for the profile's name first. Left out, it stays.",
  },
  {
    name: 'users',
    title: 'Test users',
    type: 'object',
    repeats: true,
    mayBeEmpty: true,
    hint: 'Users of the automatic sign-in, as {"username": …, "password": {"secret": NAME}}; left out, they stay.',
  },
  {
    name: 'replace',
    title: 'Replace',
    type: 'boolean',
    hint: 'Change the profile that has this name already; comments in its file stay.',
    default: false,
  },
]

const editingCommands: CommandsOf<'profiles list' | 'profiles show' | 'profiles save'> = {
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
      parameters: [profileName],
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
}

const addressCommands: CommandsOf<'profiles templates' | 'profiles read-address'> = {
  'profiles templates': {
    description: {
      id: 'profiles templates',
      title: 'List templates',
      summary: 'List the known services that a new profile can be started for.',
      parameters: [],
    },
    run: async () => listTemplates(),
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

/** Profiles: authorization server, client and defaults, in the workspace folder. */
export const profileCommands = { ...editingCommands, ...profileFileCommands, ...addressCommands }
