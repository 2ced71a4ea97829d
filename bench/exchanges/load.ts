import autocannon from 'autocannon'
import { newConnections } from './new-connections.js'
import type { Asked, Done } from './measure.js'

// A process of its own, which asks for one address again and again and tells how many answers came.

async function keptConnections({ port, path, headers, clients, seconds }: Asked): Promise<Done> {
  const { requests, duration, errors, non2xx } = await autocannon({
    url: `http://127.0.0.1:${port}`,
    requests: [{ path }],
    headers: { ...headers },
    connections: clients,
    duration: seconds
  })
  return { answers: requests.total, seconds: duration, failed: errors + non2xx }
}

process.on('message', (asked: Asked) => {
  void (asked.kept ? keptConnections(asked) : newConnections(asked)).then(done => process.send?.(done))
})
