import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'

// Downloads Electron's binary into the cache that its own installer looks in, telling how far it is, then runs that
// installer, which checks the sum and unpacks. Run by get-electron.js, with the folder of Electron's package.
const folder = process.argv[2] ?? ''
const require = createRequire(join(folder, 'package.json'))

/** @param {{ transferred: number, total: number | null }} progress bytes */
const tell = ({ transferred, total }) => process.send?.({ transferred, total })

async function download() {
  const { downloadArtifact } = await import(require.resolve('@electron/get'))
  await downloadArtifact({
    version: require('./package.json').version,
    artifactName: 'electron',
    checksums: require('./checksums.json'),
    platform: process.env.npm_config_platform || process.platform,
    arch: process.env.npm_config_arch || process.arch,
    cacheRoot: process.env.electron_config_cache,
    downloadOptions: { quiet: true, getProgressCallback: tell },
  })
  execFileSync(process.execPath, [join(folder, 'install.js')], { stdio: ['ignore', 'ignore', 'pipe'] })
}

download().then(
  () => process.disconnect?.(),
  (error) => {
    const { cause, message } = error
    process.send?.({ reason: String(cause?.message || cause?.code || message).split('\n')[0] })
    process.exitCode = 1
    process.disconnect?.()
  },
)
