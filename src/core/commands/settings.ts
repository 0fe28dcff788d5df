import { settingDescriptions } from '../settings/setting-descriptions.ts'
import type { CommandsOf } from './command.ts'

/** What counts for all profiles, in the data folder. */
export const settingsCommands: CommandsOf<'settings show' | 'settings save'> = {
  'settings show': {
    description: {
      id: 'settings show',
      title: 'Show the settings',
      summary: 'Show what counts for all profiles, and what is wrong with the file, if anything.',
      parameters: [],
    },
    run: ({ settings }) => settings.show(),
  },
  'settings save': {
    description: {
      id: 'settings save',
      title: 'Save settings',
      summary: 'Change some settings; the others stay as they are.',
      parameters: [
        {
          name: 'values',
          title: 'Values',
          type: 'object',
          hint: 'Settings to change, by name.',
          required: true,
          members: [...settingDescriptions],
        },
      ],
    },
    run: ({ settings }, { values }) => settings.save(values),
  },
}
