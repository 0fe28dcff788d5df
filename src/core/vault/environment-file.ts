import { resolve } from 'node:path'
import { readTextFile } from '../files/read-text-file.ts'
import type { EnginePorts } from '../ports.ts'
import { problem } from '../problems/problem-error.ts'

/** What an environment file needs to be found. */
export type EnvironmentFilePorts = Pick<EnginePorts, 'environmentFile' | 'workingFolder'>

/**
 * The `NAME=value` lines of the `--env-file`; empty without one. They stay here and never become the environment.
 * @throws ProblemError file-invalid when the file is missing or cannot be read
 */
export async function readEnvironmentFile(ports: EnvironmentFilePorts): Promise<Map<string, string>> {
  if (ports.environmentFile === undefined) return new Map()
  const path = resolve(ports.workingFolder, ports.environmentFile)
  const file = await readTextFile(path)
  if (!file) {
    throw problem('file-invalid', `There is no file ${path}, which is to have secrets in it.`, {
      place: { file: path },
      whatToDo: ['Check the path, or leave the file out (env_file).'],
    })
  }
  const { parseEnv } = await import('node:util')
  return new Map(Object.entries(parseEnv(file.text)).flatMap(([name, value]) => (value ? [[name, value]] : [])))
}
