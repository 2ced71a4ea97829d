import type { Config } from '../config/config.js'

/** The limits of the front: how much one connection may cost. */
export interface FrontLimits {
  /** Bytes of one request head (request line and header fields). */
  maxHeadBytes: number
  /** Seconds from the first byte of a head (or from the connection, for the first one) to its blank line. */
  headTimeoutSeconds: number
  /** Seconds a kept connection may wait for its next request. */
  keepAliveTimeoutSeconds: number
  /** Seconds for a whole request, its body included. */
  requestTimeoutSeconds: number
  /** Seconds without a byte in either direction while a request is being answered. */
  idleTimeoutSeconds: number
  /** Seconds for which we go on reading after our last byte, so that the client gets to see it. */
  lingerSeconds: number
  /** Bytes we read and throw away while lingering. */
  maxLingerBytes: number
  /** Seconds for a TLS handshake. */
  handshakeSeconds: number
  /** Seconds without a byte in either direction of a tunnel. */
  tunnelIdleSeconds: number
  /** Seconds that a tunnel may last. */
  tunnelSeconds: number
}

/**
 * The default limits. 64 KiB for a head is eight times what Apache allows for one line; in 30 seconds a 2400 baud modem
 * sends 7 kB; 300 seconds for a request is Node's own default. A 68030 at 25 MHz is said to need 22 seconds for a
 * handshake.
 */
export const defaultFrontLimits: Readonly<FrontLimits> = Object.freeze({
  maxHeadBytes: 65_536,
  headTimeoutSeconds: 30,
  keepAliveTimeoutSeconds: 15,
  requestTimeoutSeconds: 300,
  idleTimeoutSeconds: 300,
  lingerSeconds: 2,
  maxLingerBytes: 262_144,
  handshakeSeconds: 60,
  tunnelIdleSeconds: 300,
  tunnelSeconds: 14_400
})

/** Those that the settings have. */
export const frontLimits = (config: Config): Partial<FrontLimits> => ({
  maxHeadBytes: config.maxHeadBytes,
  headTimeoutSeconds: config.headTimeoutSeconds,
  keepAliveTimeoutSeconds: config.keepAliveTimeoutSeconds,
  handshakeSeconds: config.tlsHandshakeSeconds,
  tunnelIdleSeconds: config.tunnelIdleSeconds,
  tunnelSeconds: config.tunnelSeconds
})
