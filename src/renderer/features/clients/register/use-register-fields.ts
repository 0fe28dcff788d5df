import { computed, ref } from 'vue'
import type { ParameterDescription } from '../../../../contract/description.ts'
import type { Json, JsonObject } from '../../../../contract/json.ts'
import { offeredFor } from '../../../components/controls/offered-for.ts'
import { problemsByParameter } from '../../../components/controls/problems-by-parameter.ts'
import { useManagement } from '../../../stores/management.ts'
import { useProfiles } from '../../../stores/profiles.ts'
import { useRegisterForm } from '../../../stores/register-form.ts'
import { useRuns } from '../../../stores/runs.ts'
import { hasRoomIn, type MetadataField, metadataFieldsOf, unsendableIn, withMember } from './client-document.ts'
import { useTypedJson } from './use-typed-json.ts'

/** The fields of the form, each over one member of the document or one parameter beside it. */
export function useRegisterFields() {
  const used = useUsedFields()
  const checks = useChecks(used)
  return { ...used, ...checks, ...useBindings(checks.problems) }
}

/** Fields that count with the values as they are and with the server as it is. */
function useUsedFields() {
  const form = useRegisterForm()
  const management = useManagement()
  const parameters = computed(() => form.operation?.parameters ?? [])
  const effectiveOf = ({ name, default: byDefault }: ParameterDescription) =>
    form.draft.others[name] ?? form.profileValues[name] ?? form.draft.document[name] ?? byDefault

  function isUsed({ onlyWhen }: ParameterDescription): boolean {
    const decisive = parameters.value.find(({ name }) => name === onlyWhen?.parameter)
    return !onlyWhen || (decisive !== undefined && onlyWhen.values.includes(String(effectiveOf(decisive))))
  }

  const fields = computed(() => {
    const known = form.operation?.vendorMethod === undefined ? undefined : management.vendor?.known
    const isKnown = ({ name }: ParameterDescription) => known === undefined || known.includes(name)
    return metadataFieldsOf(parameters.value).filter(({ parameter }) => isKnown(parameter) && isUsed(parameter))
  })
  const others = computed(() =>
    parameters.value.filter((one) => (one.inProfile || one.group || one.type === 'secret') && isUsed(one)),
  )
  const hasRoom = computed(() => hasRoomIn(parameters.value))
  /** members that the server has no place for */
  const unsendable = computed(() => unsendableIn(form.draft.document, fields.value, { hasRoom: hasRoom.value }))

  return { parameters, fields, others, unsendable, effectiveOf }
}

/** What is missing, and what the server said of a field that still has the value it was said of. */
function useChecks({ parameters, fields, others, effectiveOf }: ReturnType<typeof useUsedFields>) {
  const form = useRegisterForm()
  /** a person pressed the button while something was missing */
  const isTried = ref(false)
  const missing = computed(() => [
    ...fields.value.flatMap(({ member, parameter }) =>
      parameter.required && form.draft.document[member] === undefined ? [parameter] : [],
    ),
    ...others.value.filter((one) => one.required && effectiveOf(one) === undefined),
  ])
  const isChanged = ({ member }: MetadataField) => {
    const { document, sent = document } = form.draft
    return JSON.stringify(document[member]) !== JSON.stringify(sent[member])
  }
  const problems = computed(() => {
    const problem = form.problem ?? form.run?.problem
    const found = problemsByParameter(isTried.value ? missing.value : [], problem, parameters.value)
    const changed = new Set(fields.value.filter(isChanged).map(({ parameter }) => parameter.name))
    return Object.fromEntries(Object.entries(found).filter(([name]) => !changed.has(name)))
  })
  return { missing, problems, isTried }
}

/** What each field is drawn with. */
function useBindings(problems: { readonly value: Readonly<Record<string, string>> }) {
  const form = useRegisterForm()
  const profiles = useProfiles()
  const runs = useRuns()
  const json = useTypedJson()
  const metadata = computed<JsonObject | undefined>(() =>
    runs.metadata.get(String(form.profileValues.issuer ?? profiles.current?.name)),
  )
  const common = (parameter: ParameterDescription) => ({
    parameter,
    'data-parameter': parameter.name,
    offered: offeredFor(parameter, metadata.value),
    problem: problems.value[parameter.name],
  })

  function bindingsOf({ member, parameter }: MetadataField) {
    const { document } = form.draft
    const set = (value: Json | undefined) => form.setDocument(withMember(form.draft.document, member, value))
    return {
      ...common(parameter),
      value: parameter.json ? json.textOf(member, document[member]) : document[member],
      inherited: undefined,
      fromProfile: false,
      onSet: (value: Json | undefined) => set(parameter.json ? json.valueOf(member, value) : value),
    }
  }
  function bindingsOfOther(parameter: ParameterDescription) {
    const inProfile = form.profileValues[parameter.name]
    return {
      ...common(parameter),
      value: form.draft.others[parameter.name],
      inherited: inProfile ?? parameter.default,
      fromProfile: inProfile !== undefined,
      onSet: (value: Json | undefined) => form.setOther(parameter.name, value),
    }
  }
  return { bindingsOf, bindingsOfOther }
}
