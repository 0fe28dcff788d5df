/**
 * @typedef {Record<string, string>} Wanted name → version
 * @typedef {{ resolved?: string, version?: string, integrity?: string, link?: boolean, optionalDependencies?: Wanted }} LockedPackage
 * @typedef {{ packages?: Record<string, LockedPackage> }} Lock
 * @typedef {{ dependencies?: Wanted, devDependencies?: Wanted, optionalDependencies?: Wanted }} Manifest
 */

/**
 * What would make an installation fail elsewhere: hosts of one network in the lock file, bindings for other systems that
 * are named but not locked, versions that are not pinned.
 *
 * @param {Lock} lock
 * @param {Manifest} manifest
 * @returns {string[]} one sentence each
 */
export function findLockProblems(lock, manifest) {
  const packages = lock.packages ?? {}
  const wanted = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies }
  return [
    ...Object.entries(packages).flatMap(([path, locked]) => judge(path, locked, packages)),
    ...Object.entries(wanted)
      .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
      .map(([name, version]) => `package.json: ${name} is "${version}", not one exact version`),
  ]
}

/**
 * @param {string} path
 * @param {LockedPackage} locked
 * @param {Record<string, LockedPackage>} packages
 */
function judge(path, locked, packages) {
  const where = `package-lock.json: ${path || 'the project'}`
  const problems = []
  if (locked.resolved !== undefined) problems.push(`${where} names where it was downloaded (resolved)`)
  if (path !== '' && !locked.integrity && !locked.link) problems.push(`${where} has no integrity`)
  for (const name of Object.keys(locked.optionalDependencies ?? {})) {
    if (!isLocked(path, name, packages)) problems.push(`${where} may need ${name}, which is not in the lock file`)
  }
  return problems
}

/**
 * Looks for a package as Node does: in the folder of the package that wants it, then in each folder above.
 *
 * @param {string} from
 * @param {string} name
 * @param {Record<string, LockedPackage>} packages
 */
function isLocked(from, name, packages) {
  for (let place = from; ; place = place.slice(0, Math.max(0, place.lastIndexOf('node_modules/') - 1))) {
    if (packages[`${place ? `${place}/` : ''}node_modules/${name}`]) return true
    if (place === '') return false
  }
}
