/** The same memory as a Buffer, which it is no more once it has come from another thread or process. */
export const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
