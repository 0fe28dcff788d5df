import type { Commands } from '../../contract/commands.ts'
import type { ParameterDescription } from '../../contract/description.ts'
import type { CommandContext, CommandsOf } from './command.ts'

/** The profile a command is about. */
export const profileName: ParameterDescription = {
  name: 'name',
  title: 'Profile',
  type: 'text',
  hint: 'The name of the profile, which is the name of its file.',
  required: true,
  positional: true,
}

const to: ParameterDescription = {
  name: 'to',
  title: 'New name',
  type: 'text',
  hint: 'A name that no profile has yet.',
  required: true,
  positional: true,
}

const text: ParameterDescription = {
  name: 'text',
  title: 'Text',
  type: 'multiline',
  hint: 'The whole file as YAML.',
  mayBeEmpty: true,
}

const movingCommands: CommandsOf<'profiles duplicate' | 'profiles rename' | 'profiles delete'> = {
  'profiles duplicate': {
    description: {
      id: 'profiles duplicate',
      title: 'Duplicate a profile',
      summary: 'Write the file of a profile again, comments included, under another name.',
      parameters: [profileName, to],
    },
    run: ({ workspace }, parameters) => workspace.duplicateProfile(parameters.name, parameters.to),
  },
  'profiles rename': {
    description: {
      id: 'profiles rename',
      title: 'Rename a profile',
      summary: 'Give the file of a profile another name; its kept tokens go along.',
      parameters: [profileName, to],
    },
    run: (context, parameters) => renameProfile(context, parameters.name, parameters.to),
  },
  'profiles delete': {
    description: {
      id: 'profiles delete',
      title: 'Delete a profile',
      summary: 'Delete the file of a profile; answers its text.',
      parameters: [profileName],
    },
    async run({ workspace }, parameters) {
      return { deleted: parameters.name, text: await workspace.deleteProfile(parameters.name) }
    },
  },
}

const textCommands: CommandsOf<'profiles source' | 'profiles check' | 'profiles write'> = {
  'profiles source': {
    description: {
      id: 'profiles source',
      title: 'Show the file of a profile',
      summary: 'Show the file of a profile as it is, broken or not.',
      parameters: [profileName],
    },
    run: ({ workspace }, parameters) => workspace.profileSource(parameters.name),
  },
  'profiles check': {
    description: {
      id: 'profiles check',
      title: 'Check the file of a profile',
      summary: 'List everything that is wrong with a profile, each with line and column.',
      parameters: [profileName, { ...text, hint: 'The whole file as YAML; left out, the file on disk is checked.' }],
    },
    run: async ({ workspace }, parameters) => ({
      problems: await workspace.checkProfile(parameters.name, parameters.text),
    }),
  },
  'profiles write': {
    description: {
      id: 'profiles write',
      title: 'Write the file of a profile',
      summary: 'Write the whole file of a profile; a text with a problem is refused.',
      parameters: [
        profileName,
        { ...text, required: true },
        {
          name: 'was',
          title: 'Text before',
          type: 'multiline',
          hint: 'Write only when the file still holds this text; empty: only when there is no file.',
          mayBeEmpty: true,
          advanced: true,
        },
      ],
    },
    run: ({ workspace }, profile) => workspace.writeProfile(profile),
  },
}

/** Whoever trusts a certificate saw it: the profile's secrets may go over the connection that it makes. */
async function trust(
  { workspace, ports }: CommandContext,
  { name, certificate }: Commands['profiles trust']['parameters'],
): Promise<Commands['profiles trust']['result']> {
  // Loaded only here: help reads this file at every start of the command line.
  const { connectionDigestOf } = await import('../http/connection-digest.ts')
  const { followConnection } = await import('../runs/secret-places.ts')
  const folder = await workspace.folder()
  const digest = async () => connectionDigestOf((await workspace.resolveProfile(name)).values, folder)
  const from = await digest()
  const trusted = await workspace.trustCertificate(name, certificate)
  await followConnection(ports.vault, await workspace.resolveProfile(name), { from, to: await digest() })
  return trusted
}

const trustCommands: CommandsOf<'profiles trust'> = {
  'profiles trust': {
    description: {
      id: 'profiles trust',
      title: 'Trust a certificate',
      summary: 'Trust one certificate for a profile, besides those of the system.',
      parameters: [
        profileName,
        {
          name: 'certificate',
          title: 'Certificate',
          type: 'multiline',
          hint: 'The certificate in PEM form; it is written into the workspace.',
          required: true,
        },
      ],
    },
    run: trust,
  },
}

/** Commands on whole profile files. */
export const profileFileCommands = { ...movingCommands, ...textCommands, ...trustCommands }

/** Kept tokens go along, or the profile keeps its name: they would be found under neither. */
async function renameProfile({ workspace, tokens }: CommandContext, from: string, into: string) {
  const renamed = await workspace.renameProfile(from, into)
  try {
    await tokens.renameProfile(from, into)
    return renamed
  } catch (error) {
    await workspace.renameProfile(into, from)
    throw error
  }
}
