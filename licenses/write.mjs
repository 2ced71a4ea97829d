import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { licencesOf } from './texts.mjs'

// npm run -s licenses: the licences of all packages that are needed to run the proxy, with their texts, for the image
// that carries them (Dockerfile). Ends with 1 where a text is missing.

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
const folders = Object.keys(packages)
  .filter(path => path !== '' && packages[path].dev !== true)
  .map(path => join(root, path))
  .filter(existsSync)
process.stdout.write(licencesOf(folders))
