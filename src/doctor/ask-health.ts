import { get } from 'node:http'

/** Time for the answer. Milliseconds. */
const PATIENCE = 4000

/** What a proxy says of its health. */
export interface Health {
  readonly status: number
  readonly text: string
}

/**
 * Asks whatever listens at a port of this machine for its health. The fetch of Node takes longer to load than the whole
 * command that asks.
 * @throws Error when nothing answers in time.
 */
export const askHealth = (port: number): Promise<Health> =>
  new Promise((resolve, reject) => {
    const request = get({ host: '127.0.0.1', port, path: '/healthz', timeout: PATIENCE, agent: false }, answer => {
      let text = ''
      answer.setEncoding('latin1')
      answer.on('data', (piece: string) => (text += piece))
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }))
      answer.on('error', reject)
    })
    request.on('timeout', () => request.destroy(new Error('it is silent')))
    request.on('error', reject)
  })
