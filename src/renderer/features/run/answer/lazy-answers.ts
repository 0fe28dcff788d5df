import { defineAsyncComponent } from 'vue'

/** What a run brought besides tokens; few runs do, so it is fetched when one does. */
export const RunAnswers = defineAsyncComponent(() => import('./RunAnswers.vue'))
