import { causesOf } from '../problems/causes.ts'

const mostFrames = 8
const mostCauses = 3

/**
 * What may be written of an error: kind, code and the places in the code. SECURITY: its text is left out unless it can
 * be masked: errors of libraries quote what they were given, tokens and passwords too.
 */
export function describeError(error: unknown, mask?: (text: string) => string): string {
  const chain = [...causesOf(error)]
  if (chain.length === 0) return `a thrown ${typeof error}`
  return chain
    .slice(0, mostCauses)
    .map((one) => describeOne(one, mask))
    .join(' caused by ')
}

function describeOne(error: object, mask: ((text: string) => string) | undefined): string {
  if (!(error instanceof Error)) return 'a thrown object'
  const code = (error as NodeJS.ErrnoException).code
  const text = mask ? ` ${mask(error.message)}` : ''
  return [`${error.name}${code ? ` ${code}` : ''}${text}`, ...framesOf(error)].join(' ')
}

/** Places of a stack; lines of the message that only look like one are told by what stands before the first frame. */
function framesOf({ stack = '', message }: Error): string[] {
  const after = stack.indexOf(message) + message.length
  const frames = stack.slice(Math.max(0, after)).match(/^ {4}at [^\n]+/gm) ?? []
  // The last two parts of a path say enough; what stands before tells whose machine this is.
  return frames
    .slice(0, mostFrames)
    .map((frame) => frame.trim().replace(/(?:file:\/\/)?[^\s(]*[\\/](?=[^\\/]+[\\/][^\\/]+$)/, ''))
}
