import { ref } from 'vue'
import type { Json } from '../../../../contract/json.ts'

/** Members that are JSON themselves: their text stays as it was typed as long as it means what the document holds. */
export function useTypedJson() {
  const typed = ref<Record<string, string>>({})

  /** The text of a member's field. */
  function textOf(member: string, value: Json | undefined): Json | undefined {
    const text = typed.value[member]
    if (text !== undefined && JSON.stringify(parsed(text)) === JSON.stringify(value)) return text
    return typeof value === 'object' ? JSON.stringify(value, null, 2) : value
  }

  /** What a text stands for in the document: JSON where it is some, else itself. */
  function valueOf(member: string, text: Json | undefined): Json | undefined {
    typed.value = { ...typed.value, [member]: String(text ?? '') }
    return typeof text === 'string' ? parsed(text) : text
  }

  return { textOf, valueOf }
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    return text
  }
}
