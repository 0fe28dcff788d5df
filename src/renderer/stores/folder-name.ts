/** The last part of a folder's path, of any system; the path itself when there is none. */
export function folderNameOf(folder: string): string {
  return folder.split(/[/\\]/).findLast(Boolean) ?? folder
}
