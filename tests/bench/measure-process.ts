import { spawn } from 'node:child_process'

/** One whole process: wall time from spawn to exit, and the peak of its resident memory. */
export interface ProcessSample {
  wallMs: number
  peakMiB: number
}

// The same few lines ride in both processes, so their cost cancels out in the ratio.
const reportPeak =
  'data:text/javascript,' +
  encodeURIComponent(
    `import { writeSync } from 'node:fs'; process.on('exit', () => writeSync(3, String(process.resourceUsage().maxRSS)))`,
  )

/**
 * Runs `node ...arguments` once and measures it.
 * @throws Error with the process's stderr when it does not end with 0
 */
export function measureProcess(parameters: {
  arguments: string[]
  environment: NodeJS.ProcessEnv
}): Promise<ProcessSample> {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now()
    const child = spawn(process.execPath, ['--import', reportPeak, ...parameters.arguments], {
      env: parameters.environment,
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    })
    const text = { 2: '', 3: '' }
    child.stdio[2]?.on('data', (chunk: Buffer) => (text[2] += chunk.toString()))
    child.stdio[3]?.on('data', (chunk: Buffer) => (text[3] += chunk.toString()))
    child.on('error', reject)
    child.on('close', (code) => {
      const wallMs = performance.now() - startedAt
      if (code === 0) resolve({ wallMs, peakMiB: Number(text[3]) / 1024 })
      else reject(new Error(`${parameters.arguments[0]} ended with ${code}: ${text[2].slice(0, 500)}`))
    })
  })
}

/** The middle value; the mean of the two middle ones for an even count. */
export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
