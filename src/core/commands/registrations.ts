import type { ParameterDescription } from '../../contract/description.ts'
import type { CommandsOf } from './command.ts'

const id: ParameterDescription = {
  name: 'id',
  title: 'Registration',
  type: 'text',
  hint: 'The registration, as the list of what was registered from here names it.',
  required: true,
  positional: true,
}

const issuer: ParameterDescription = {
  name: 'issuer',
  title: 'Issuer',
  type: 'text',
  hint: 'Only what was registered at this authorization server.',
}

const readingCommands: CommandsOf<'registrations list' | 'registrations find'> = {
  'registrations list': {
    description: {
      id: 'registrations list',
      title: 'List registrations',
      summary: 'List what was registered from here; first what nobody knows of whether it was done.',
      parameters: [
        issuer,
        {
          name: 'all',
          title: 'All',
          type: 'boolean',
          hint: 'Also clients of others whose registration was only read here.',
          default: false,
        },
      ],
    },
    async run({ registrations }, { issuer: only, all = false }) {
      const listed = (await registrations.list()).filter(
        (one) => (all || one.isOwn) && (only === undefined || one.issuer === only),
      )
      const isUnknown = (one: (typeof listed)[number]) => Number(one.state === 'unknown')
      return listed.toSorted((a, b) => isUnknown(b) - isUnknown(a))
    },
  },
  'registrations find': {
    description: {
      id: 'registrations find',
      title: 'Find a registration',
      summary: 'Show what is known of a client at a server.',
      parameters: [
        { ...issuer, hint: 'The authorization server.', required: true },
        { name: 'client_id', title: 'Client', type: 'text', hint: 'The name of the client there.', required: true },
      ],
    },
    run: async ({ registrations }, parameters) =>
      (await registrations.find(parameters.issuer, parameters.client_id)) ?? null,
  },
}

const changingCommands: CommandsOf<'registrations forget' | 'registrations make-profile'> = {
  'registrations forget': {
    description: {
      id: 'registrations forget',
      title: 'Forget a registration',
      summary: 'Forget a registration here with its secrets; the server is told nothing.',
      destructive: true,
      parameters: [id],
    },
    async run({ registrations, ports }, parameters) {
      const { secretNamesOf } = await import('../registrations/registration-secrets.ts')
      const registration = await registrations.get(parameters.id)
      // The secrets first: whoever is interrupted here can ask again, while one that nothing names stays for ever.
      for (const name of secretNamesOf(registration)) await ports.vault.remove(name)
      await registrations.remove(registration.id)
      return { forgotten: registration.id }
    },
  },
  'registrations make-profile': {
    description: {
      id: 'registrations make-profile',
      title: 'Make a profile',
      summary: 'Write a profile that signs in with a registered client; its secret stays in the vault.',
      parameters: [
        id,
        {
          name: 'name',
          title: 'Profile',
          type: 'text',
          hint: 'A name that no profile has yet.',
          required: true,
          positional: true,
        },
        { name: 'title', title: 'Title', type: 'text', hint: 'What lists show; left out, the name of the client.' },
        {
          name: 'production',
          title: 'Production',
          type: 'boolean',
          hint: "Real people's data: what destroys something asks for the profile's name first.",
        },
      ],
    },
    async run(context, parameters) {
      // Loaded only here: help reads this file at every start of the command line.
      const { makeProfile } = await import('../registrations/make-profile.ts')
      return makeProfile(context, parameters)
    },
  },
}

/** What was registered from this data folder; nothing here asks a server. */
export const registrationCommands = { ...readingCommands, ...changingCommands }
