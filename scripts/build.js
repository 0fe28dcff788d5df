import { ensureBuild } from './build/ensure-build.js'
import { setUp } from './setup.js'

// `npm run build`: builds out/ unless it is up to date.
setUp()
  .then(ensureBuild)
  .then((isNew) => console.log(isNew ? 'Built out/' : 'out/ is up to date'))
  .catch((error) => {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  })
