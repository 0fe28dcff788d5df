import type { ParameterDescription } from '../../../contract/description.ts'
import type { YamlWord } from '../../components/editor/yaml-words.ts'

const ownWords: readonly YamlWord[] = [
  { name: 'version', title: 'Version', hint: 'The version of the file.', values: [{ text: '1', hint: '' }] },
  { name: 'title', title: 'Title', hint: 'What lists show.', values: [] },
  {
    name: 'production',
    title: 'Production',
    hint: "Real people's data: a bar says so, and what destroys something asks for the profile's name.",
    values: [{ text: 'true', hint: '' }],
  },
  { name: 'users', title: 'Test users', hint: 'Who the automatic sign-in can sign in as.', values: [] },
]

/** The names that can stand in a profile's file, with their hints and what can be chosen for them. */
export function profileWords(
  parameters: readonly ParameterDescription[],
  secretNames: readonly string[],
): readonly YamlWord[] {
  const words = parameters.map(({ name, title, hint, section, ...parameter }): YamlWord => {
    return { name, title, hint, section, values: valuesOf(parameter, secretNames) }
  })
  return [...ownWords, ...words]
}

function valuesOf(
  { type, choices = [] }: Pick<ParameterDescription, 'type' | 'choices'>,
  secretNames: readonly string[],
): YamlWord['values'] {
  if (type === 'secret')
    return secretNames.map((name) => ({ text: `{secret: ${name}}`, hint: 'A secret by its name.' }))
  if (type === 'boolean') return ['true', 'false'].map((text) => ({ text, hint: '' }))
  return choices.map(({ value, title, hint = '' }) => ({ text: value, hint: hint || title }))
}
