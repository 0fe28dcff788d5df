import { styleText } from 'node:util'
import { escapeTerminal } from '../contract/escape-terminal.ts'

/** Text that is safe to print: every piece from outside was escaped on its way in. Only `Paint` makes one. */
export interface Painted {
  readonly painted: string
}

type Styles = Parameters<typeof styleText>[0]
type Painter = (text: string | Painted) => Painted

/** Colours and escapes for one stream; without colours the texts are the same. */
export interface Paint {
  bold: Painter
  dim: Painter
  good: Painter
  bad: Painter
  warn: Painter
  accent: Painter
}

/** Creates the paint of a stream: colours on a terminal that has some, and not against NO_COLOR. */
export function createPaint(
  stream: { isTTY?: boolean },
  environment: Record<string, string | undefined> = process.env,
): Paint {
  const colours = Boolean(stream.isTTY) && !environment.NO_COLOR && environment.TERM !== 'dumb'
  const painter =
    (styles: Styles): Painter =>
    (text) => {
      const safe = safeOf(text)
      return { painted: colours ? styleText(styles, safe, { validateStream: false }) : safe }
    }
  return {
    bold: painter('bold'),
    dim: painter('dim'),
    good: painter('green'),
    bad: painter('red'),
    warn: painter('yellow'),
    accent: painter('cyan'),
  }
}

/**
 * A line from fixed text and values: values are escaped unless they are painted already. The only way to put a value
 * into a line.
 */
export function line(fixed: TemplateStringsArray, ...values: (string | number | Painted)[]): Painted {
  return { painted: String.raw({ raw: fixed.map((text) => text) }, ...values.map(safeOf)) }
}

function safeOf(value: string | number | Painted): string {
  return typeof value === 'object' ? value.painted : escapeTerminal(String(value))
}
