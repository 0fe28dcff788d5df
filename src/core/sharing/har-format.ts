/** HTTP Archive 1.2 as Grantlab writes it. @see http://www.softwareishard.com/blog/har-12-spec/ */
export interface Har {
  log: {
    version: '1.2'
    creator: { name: string; version: string }
    pages: { startedDateTime: string; id: string; title: string; pageTimings: Record<string, never> }[]
    entries: HarEntry[]
    comment: string
  }
}

/** A name with its value. */
export interface HarNameValue {
  name: string
  value: string
}

/** Milliseconds; -1 where a phase did not happen. `ssl` is a part of `connect`. */
export interface HarTimings {
  blocked: number
  dns: number
  connect: number
  ssl: number
  send: number
  wait: number
  receive: number
}

/** One request with its answer; status 0: there was none. */
export interface HarEntry {
  pageref: string
  startedDateTime: string
  /** milliseconds */
  time: number
  request: {
    method: string
    url: string
    httpVersion: string
    cookies: HarNameValue[]
    headers: HarNameValue[]
    queryString: HarNameValue[]
    postData?: { mimeType: string; text: string }
    headersSize: number
    bodySize: number
  }
  response: {
    status: number
    statusText: string
    httpVersion: string
    cookies: HarNameValue[]
    headers: HarNameValue[]
    content: { size: number; mimeType: string; text?: string; comment?: string }
    redirectURL: string
    headersSize: number
    bodySize: number
    comment?: string
  }
  cache: Record<string, never>
  timings: HarTimings
  serverIPAddress?: string
  connection?: string
  comment: string
}
