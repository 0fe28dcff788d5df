/** An event whose consequence a listener may prevent. */
export interface PreventableEvent {
  defaultPrevented: boolean
  preventDefault(): void
}

/** Makes one, with what the event says. */
export function preventable<Told extends object>(told?: Told): PreventableEvent & Told {
  const event = {
    ...(told as Told),
    defaultPrevented: false,
    preventDefault() {
      event.defaultPrevented = true
    },
  }
  return event
}
