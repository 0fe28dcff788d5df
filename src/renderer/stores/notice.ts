import { defineStore } from 'pinia'
import { ref } from 'vue'

const shownMs = 4000

/** One short line about something that was just done and shows nowhere else; it goes away by itself. */
export const useNotice = defineStore('notice', () => {
  const text = ref('')
  let timer: ReturnType<typeof setTimeout> | undefined

  function tell(line: string): void {
    clearTimeout(timer)
    text.value = line
    timer = setTimeout(() => (text.value = ''), shownMs)
  }

  return { text, tell }
})
