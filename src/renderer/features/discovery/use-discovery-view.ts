import { computed, ref, watch } from 'vue'
import { findingsOf } from '../../../contract/rules/index.ts'
import type { Finding } from '../../../contract/rules/rule.ts'
import type { Run } from '../../../contract/run.ts'
import { useDiscovery } from '../../stores/discovery.ts'
import { documentsOf, placeOfFinding, type FindingPlace } from './shown-documents.ts'

/** The ways to look at what a server says. */
export type DiscoveryTab = 'capabilities' | 'fields' | 'keys' | 'findings' | 'raw' | 'compare'

/** Keeps what is looked at; another run begins anew. */
export function useDiscoveryView(run: () => Run) {
  const discovery = useDiscovery()
  const chosenDocument = ref(0)
  const target = ref<FindingPlace>()
  const documents = computed(() => documentsOf(run()))
  const shown = computed(() => documents.value[chosenDocument.value] ?? documents.value[0])
  /** worked out when the run has ended: while it goes on, most would be about what is still to come */
  const findings = computed((): Finding[] => (run().outcome === 'running' ? [] : findingsOf(run())))
  const keySet = computed(() => run().keySets.at(-1))
  const tabs = computed(() => {
    const problems = findings.value.length
    return [
      ...(shown.value && !shown.value.isResource ? [{ value: 'capabilities', title: 'Capabilities' } as const] : []),
      ...(shown.value ? [{ value: 'fields', title: 'Fields' } as const] : []),
      ...(keySet.value ? [{ value: 'keys', title: 'Keys', count: keySet.value.total } as const] : []),
      { value: 'findings', title: 'Findings', count: problems } as const,
      ...(shown.value
        ? [{ value: 'raw', title: 'Raw' } as const, { value: 'compare', title: 'Compare' } as const]
        : []),
    ] satisfies { value: DiscoveryTab; title: string; count?: number }[]
  })
  const tab = computed(() => tabs.value.find(({ value }) => value === discovery.tab)?.value ?? tabs.value[0]!.value)

  watch(
    () => run().id,
    () => {
      chosenDocument.value = 0
      target.value = undefined
    },
  )

  function showTab(next: DiscoveryTab): void {
    target.value = undefined
    discovery.tab = next
  }

  function showDocument(index: number): void {
    target.value = undefined
    chosenDocument.value = index
  }

  /** Goes to what a finding is about. */
  function goTo(finding: Finding): void {
    const place = placeOfFinding(run(), finding)
    if (!place) return
    if (place.tab === 'fields') chosenDocument.value = place.document
    discovery.tab = place.tab
    target.value = place
  }

  return { run, tab, tabs, documents, shown, chosenDocument, target, findings, keySet, showTab, showDocument, goTo }
}
