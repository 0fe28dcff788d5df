import type { PlannedStep } from '../../../contract/description.ts'
import type { RunEvent, RunEventBody } from '../../../contract/events.ts'
import type { RecordedRequest, RecordedResponse } from '../../../contract/http.ts'
import type { Json, JsonObject, NameValue } from '../../../contract/json.ts'

/** Who a recording is for. */
export interface Recording {
  runId: string
  number: number
  /** milliseconds since 1970 at which the run began */
  startedAt: number
}

/** A made-up exchange, in short. */
export interface TapedExchange {
  id: string
  step: string
  purpose: string
  method: string
  url: string
  status: number
  statusText: string
  requestHeaders?: NameValue[]
  requestBody?: string
  responseHeaders?: NameValue[]
  json?: Json
  html?: string
  actor?: 'grantlab' | 'browser'
  tookMs: number
  tls?: boolean
}

/** Writes the events of a made-up run, one after the other, with numbers and times. */
export class Tape {
  readonly events: RunEvent[] = []
  readonly recording: Recording
  elapsedMs = 0

  constructor(recording: Recording) {
    this.recording = recording
  }

  /** Adds an event after some milliseconds. */
  add(body: RunEventBody, afterMs = 0): this {
    this.elapsedMs += afterMs
    const at = new Date(this.recording.startedAt + this.elapsedMs).toISOString()
    this.events.push({ ...body, seq: this.events.length + 1, at, elapsedMs: this.elapsedMs })
    return this
  }

  /** Adds the first event. */
  start(options: { operation: string; title: string; profile: string; parameters: JsonObject; plan: PlannedStep[] }) {
    const { runId, number } = this.recording
    return this.add({ type: 'run.started', format: 1, runId, number, grantlab: '0.1.0', ...options })
  }

  begin(step: string, title: string, parent: string | null = null): this {
    return this.add({ type: 'step.started', step, parent, name: step, title }, 0.3)
  }

  end(step: string): this {
    return this.add({ type: 'step.finished', step, outcome: 'succeeded' }, 0.4)
  }

  /** Adds the start of an exchange and its answer. */
  exchange(taped: TapedExchange): this {
    const { id, step, purpose, actor = 'grantlab' } = taped
    this.add(
      {
        type: 'exchange.started',
        exchange: id,
        step,
        actor,
        party: 'authorization-server',
        purpose,
        request: requestOf(taped),
      },
      0.5,
    )
    const tls = taped.tls ? { tlsMs: taped.tookMs * 0.3 } : {}
    return this.add(
      {
        type: 'exchange.answered',
        exchange: id,
        response: responseOf(taped, this.recording.startedAt + this.elapsedMs),
        timings: {
          dnsMs: 0.4,
          connectMs: taped.tookMs * 0.1,
          ...tls,
          sendMs: 0.3,
          waitMs: taped.tookMs * 0.5,
          receiveMs: taped.tookMs * 0.07,
          totalMs: taped.tookMs,
        },
        connection: {
          remoteAddress: '127.0.0.1',
          remotePort: 7420,
          reused: false,
          ...(taped.tls ? { tls: tlsFacts } : {}),
        },
      },
      taped.tookMs,
    )
  }
}

function bodyOf(id: string, text: string, mediaType: string) {
  return {
    id,
    kind: 'text' as const,
    mediaType,
    bytes: text.length,
    characters: text.length,
    ...(text.length <= 1024 ? { inline: text } : {}),
  }
}

function requestOf(taped: TapedExchange): RecordedRequest {
  const body = taped.requestBody
  return {
    method: taped.method,
    url: taped.url,
    headers: [
      ['Host', new URL(taped.url).host],
      ['Accept', 'application/json'],
      ['User-Agent', 'Grantlab/0.1.0'],
      ...(taped.requestHeaders ?? []),
      ...(body ? ([['Content-Type', 'application/x-www-form-urlencoded']] as NameValue[]) : []),
    ],
    ...(body ? { body: bodyOf(`${taped.id}-request`, body, 'application/x-www-form-urlencoded') } : {}),
  }
}

function responseOf(taped: TapedExchange, at: number): RecordedResponse {
  const text = taped.html ?? (taped.json === undefined ? undefined : JSON.stringify(taped.json))
  const mediaType = taped.html ? 'text/html' : 'application/json'
  return {
    httpVersion: '1.1',
    status: taped.status,
    statusText: taped.statusText,
    headers: [
      ...(text ? ([['Content-Type', `${mediaType}; charset=utf-8`]] as NameValue[]) : []),
      ['Date', new Date(at).toUTCString()],
      ['Cache-Control', 'no-store'],
      ...(taped.responseHeaders ?? []),
    ],
    ...(text ? { body: bodyOf(`${taped.id}-response`, text, mediaType) } : {}),
    wireBytes: text?.length ?? 0,
  }
}

const tlsFacts = {
  protocol: 'TLSv1.3',
  cipher: 'TLS_AES_256_GCM_SHA384',
  serverName: 'login.acme.test',
  authorized: true,
  chain: [
    {
      subject: 'CN=login.acme.test',
      issuer: 'CN=Acme Issuing CA 2, O=Acme',
      subjectAltName: 'DNS:login.acme.test, DNS:auth.acme.test',
      validFrom: '2026-09-01T00:00:00.000Z',
      validTo: '2026-12-01T00:00:00.000Z',
      fingerprint256: 'A1:7C:0F:22:D9:41:88:3B:5E:0C:77:19:E2:6A:90:4D:13:FB:2C:68:91:07:DE:35:4A:BC:50:8F:63:2E:99:10',
      serialNumber: '04E1A9C3',
      pem: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----',
    },
    {
      subject: 'CN=Acme Issuing CA 2, O=Acme',
      issuer: 'CN=Acme Root CA, O=Acme',
      validFrom: '2024-01-01T00:00:00.000Z',
      validTo: '2034-01-01T00:00:00.000Z',
      fingerprint256: 'B2:11:4F:62:D9:41:88:3B:5E:0C:77:19:E2:6A:90:4D:13:FB:2C:68:91:07:DE:35:4A:BC:50:8F:63:2E:99:11',
      serialNumber: '02',
      pem: '-----BEGIN CERTIFICATE-----\nMIIC\n-----END CERTIFICATE-----',
    },
  ],
}
