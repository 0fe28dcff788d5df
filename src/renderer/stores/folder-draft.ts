import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { Problem } from '../../contract/problem.ts'

/** The path that stands in the dialog, and why it did not open. */
export const useFolderDraft = defineStore('folder-draft', () => {
  const folder = ref('')
  const problem = shallowRef<Problem>()

  function begin(path = '', why?: Problem): void {
    folder.value = path
    problem.value = why
  }

  return { folder, problem, begin }
})
