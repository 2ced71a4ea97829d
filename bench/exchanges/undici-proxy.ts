import type { AddressInfo } from 'node:net'
import httpProxy from '@fastify/http-proxy'
import Fastify from 'fastify'

// A process of its own: @fastify/http-proxy with undici alone, before the site whose address is given.

const proxy = Fastify()
await proxy.register(httpProxy, { upstream: process.argv[2]! })
await proxy.listen({ port: 0, host: '127.0.0.1' })
process.send?.({ port: (proxy.server.address() as AddressInfo).port })
