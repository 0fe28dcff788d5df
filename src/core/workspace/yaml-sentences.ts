import type { ErrorCode } from 'yaml'

const sentences: Partial<Record<ErrorCode, string>> = {
  BAD_DQ_ESCAPE: 'A backslash in double quotes stands before a character it cannot stand before.',
  BAD_INDENT: 'The indentation does not fit, or a bracket is not closed.',
  BAD_SCALAR_START: 'A value cannot start with this character; put it in quotes.',
  BLOCK_AS_IMPLICIT_KEY:
    'There is a second "name: value" inside a value; put the value in quotes or mend the indentation.',
  BLOCK_IN_FLOW: 'A line with its own indentation stands inside brackets.',
  KEY_OVER_1024_CHARS: 'A name is too long.',
  MISSING_CHAR: 'A quote, a comma, a colon or a bracket is missing.',
  MULTILINE_IMPLICIT_KEY: 'A name must stand on one line.',
  MULTIPLE_DOCS: 'A line with --- starts a second document; a file holds one.',
  RESOURCE_EXHAUSTION: 'Values are nested too deeply.',
  TAB_AS_INDENT: 'A tab is used for indentation; use spaces.',
  TAG_RESOLVE_FAILED: 'A tag (!name) is not known here.',
  BAD_DIRECTIVE: 'A line starting with % is not known here.',
}

/** What is wrong at a place where YAML cannot be read, in our own words: the library's may quote a secret. */
export function sentenceFor(code: ErrorCode): string {
  return sentences[code] ?? 'This is not written as YAML wants it.'
}
