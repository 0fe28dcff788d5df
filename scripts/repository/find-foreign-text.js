/** Written in pieces, so that this file does not find itself. */
const PUBLIC_REGISTRIES = [
  ['registry', 'npmjs', 'org'],
  ['registry', 'yarnpkg', 'com'],
  ['registry', 'npmmirror', 'com'],
  ['npm', 'pkg', 'github', 'com'],
].map((labels) => labels.join('.'))

/** A folder of one machine at the start of a path; `https://host/tmp/` and `./tmp/` are something else. */
const MACHINE_FOLDER =
  /(?<![\w.:~$}%*-])(?:\/(?:work|tmp|root|home\/[a-z][\w.-]*|Users\/[A-Za-z][\w.-]*)\/|[A-Z]:\\+Users\\+[A-Za-z])/

/**
 * Finds what belongs to one machine or one network and must not be in the project's files.
 *
 * @param {string} text
 * @param {{ root: string, home: string, registryHost?: string }} here this machine's checkout, home folder and npm registry
 * @returns {{ line: number, message: string }[]}
 */
export function findForeignText(text, { root, home, registryHost }) {
  const hosts = registryHost ? [...PUBLIC_REGISTRIES, registryHost] : PUBLIC_REGISTRIES
  const folders = [root.replace(/[\\/]+$/, ''), home].filter((folder) => folder.split(/[\\/]/).length > 2)
  return text.split('\n').flatMap((content, index) => {
    const line = index + 1
    const host = hosts.find((name) => content.includes(name))
    if (host) return [{ line, message: 'names the host of an npm registry' }]
    const hasFolder = MACHINE_FOLDER.test(content) || folders.some((folder) => content.includes(folder))
    return hasFolder ? [{ line, message: 'names a folder of one machine' }] : []
  })
}
