import { readConfig } from '../../src/config/config.js'
import { serve } from '../../src/serve.js'

// A process of its own: the proxy with nothing on the disk, its lines of the log written nowhere, and no limit of how
// often a client may come, which one client with load would be stopped by.

const settings = ['--port', '0', '--host', '127.0.0.1', '--data-dir', '', '--allow-hosts', '127.0.0.1']
const unlimited = ['--max-connections-per-second', '65535', '--max-requests-per-minute', '0']
const { port } = await serve(readConfig([...settings, ...unlimited], {}), () => {})
process.send?.({ port })
