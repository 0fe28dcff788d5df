import type { ParameterDescription } from '../../contract/description.ts'
import { type Settings, usualSettings } from '../../contract/settings.ts'

/** Every setting as data; its usual value stands in the contract. */
export const settingDescriptions: readonly (ParameterDescription & { name: keyof Settings })[] = [
  {
    name: 'theme',
    title: 'Theme',
    type: 'choice',
    hint: 'Colours of the window.',
    choices: [
      { value: 'system', title: 'As the desktop' },
      { value: 'light', title: 'Light' },
      { value: 'dark', title: 'Dark' },
    ],
    default: usualSettings.theme,
  },
  {
    name: 'proxy',
    title: 'Proxy',
    type: 'text',
    hint: 'Address such as http://proxy.example:3128 for every profile that names none; empty: that of the environment.',
    default: usualSettings.proxy,
    mayBeEmpty: true,
  },
  {
    name: 'ca_file',
    title: 'Trusted certificates',
    type: 'text',
    hint: 'File of PEM certificates that every profile trusts besides those of the system; empty: none.',
    default: usualSettings.ca_file,
    mayBeEmpty: true,
  },
  {
    name: 'history_runs',
    title: 'Runs to keep',
    type: 'integer',
    hint: 'Beyond this many the oldest runs that are not pinned leave the history.',
    minimum: 1,
    maximum: 100_000,
    default: usualSettings.history_runs,
  },
  {
    name: 'history_days',
    title: 'Days to keep runs',
    type: 'integer',
    hint: 'Runs that are not pinned leave the history after so many days; 0: never.',
    minimum: 0,
    maximum: 36_500,
    default: usualSettings.history_days,
  },
]
