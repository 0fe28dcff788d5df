import type { Locator, Page } from '@playwright/test'

/** Goes to a place by its button. */
export const goTo = (window: Page, place: string) =>
  window.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: place }).click()

/** What Ctrl+V does with this text in the clipboard, wherever the focus is. */
export const paste = (window: Page, text: string) =>
  window.evaluate((pasted) => {
    const data = new DataTransfer()
    data.setData('text/plain', pasted)
    const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
    ;(document.activeElement ?? document.body).dispatchEvent(event)
  }, text)

/** Drops a file in the middle of the window. */
export const drop = (window: Page, file: { name: string; text: string }) =>
  window.evaluate(({ name, text }) => {
    const data = new DataTransfer()
    data.items.add(new File([text], name))
    const options = { dataTransfer: data, bubbles: true, cancelable: true }
    document.body.dispatchEvent(new DragEvent('dragover', options))
    document.body.dispatchEvent(new DragEvent('drop', options))
  }, file)

/** The column of a token, by what it is called. */
export const column = (window: Page, name: string) => window.getByRole('region', { name: new RegExp(`^${name} #`) })
/** The verdict in a column. */
export const verdict = (of: Locator) => of.getByRole('group', { name: 'Verify' }).getByRole('status').first()
