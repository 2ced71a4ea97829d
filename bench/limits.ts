import { limitsReference } from './limits-table.js'

// npm run docs: prints docs/limits.md.

process.stdout.write(limitsReference())
