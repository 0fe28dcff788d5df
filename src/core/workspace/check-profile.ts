import type { Problem } from '../../contract/problem.ts'
import { ProblemError, problem } from '../problems/problem-error.ts'
import { examineProfile } from './profile-file.ts'
import { type ProfilePlace, profileNotFound, profilePathOf, readProfileText } from './profile-folder.ts'
import { checkOwnProfileName } from './profile-name.ts'
import { examineYamlFile } from './yaml-file.ts'

/** More problems than a person mends at once; the rest shows when these are gone. */
const maximumProblems = 50
const maximumBytes = 1_048_576

/**
 * Everything that is wrong with a text that is to be a profile, in the order of the file, at most 50; without `text`
 * the file is checked. The same reading as everywhere else: what has no problem here can be run.
 * @throws ProblemError parameter-invalid for the name; profile-not-found without a text
 */
export async function checkProfile(place: ProfilePlace, name: string, text?: string): Promise<Problem[]> {
  checkOwnProfileName(name)
  try {
    const given = text ?? (await readProfileText(place, name))?.text
    if (given === undefined) throw await profileNotFound(place, name)
    return await problemsOf(place, name, given)
  } catch (error) {
    // A file that is no text at all is what is wrong with it.
    if (error instanceof ProblemError && error.problem.code === 'file-invalid') return [error.problem]
    throw error
  }
}

async function problemsOf(place: ProfilePlace, name: string, text: string): Promise<Problem[]> {
  const file = profilePathOf(place, name)
  if (Buffer.byteLength(text) > maximumBytes) {
    const detail = `${file}: It is larger than ${maximumBytes} bytes, more than Grantlab reads here.`
    return [problem('file-invalid', detail, { place: { file } }).problem]
  }
  const yaml = await examineYamlFile({ text, file }, maximumProblems)
  const isNewer = yaml.problems.some(({ problem: { code } }) => code === 'file-newer')
  const left = maximumProblems - yaml.problems.length
  const values = isNewer || left <= 0 ? [] : examineProfile(yaml, place.parameters, left).problems
  return [...yaml.problems, ...values].map((found) => found.problem).sort(byPlace)
}

function byPlace(a: Problem, b: Problem): number {
  const line = (a.place?.line ?? 0) - (b.place?.line ?? 0)
  return line === 0 ? (a.place?.column ?? 0) - (b.place?.column ?? 0) : line
}
