import { once } from 'node:events'
import net, { type AddressInfo, type Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import t from 'tap'
import { reset } from '../../../../src/front/sockets/reset.js'

for (const isSecure of [false, true])
  t.test(`a socket ${isSecure ? 'of TLS is destroyed' : 'is reset'}`, async t => {
    const server = net.createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    t.teardown(() => server.close())
    const client = net.connect((server.address() as AddressInfo).port, '127.0.0.1')
    const [raw] = (await once(server, 'connection')) as [Socket]
    const ended = once(client.resume(), isSecure ? 'end' : 'error')
    const socket = isSecure ? new TLSSocket(raw, { isServer: true }) : raw
    reset(socket)
    if (isSecure) raw.destroy()
    const [error] = (await ended) as [{ code?: string }?]
    t.equal(error?.code, isSecure ? undefined : 'ECONNRESET')
    t.ok(socket.destroyed)
  })
