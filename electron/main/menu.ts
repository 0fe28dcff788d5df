import { Menu } from 'electron'

/** No menu bar, but for macOS: there copying and quitting by key need one. */
export function setMenu(platform = process.platform): void {
  Menu.setApplicationMenu(
    platform === 'darwin'
      ? Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }])
      : null,
  )
}
