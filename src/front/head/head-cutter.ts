/** Removes the head (status line, fields, blank line) from an answer, because HTTP/0.9 has only a body. */
export class HeadCutter {
  #head: Buffer | undefined = Buffer.alloc(0)

  /** Takes the next bytes of the answer and returns those that belong to its body. */
  cut(chunk: Buffer): Buffer {
    if (!this.#head) return chunk
    const bytes = Buffer.concat([this.#head, chunk])
    const end = bytes.indexOf('\r\n\r\n')
    this.#head = end < 0 ? bytes : undefined
    return end < 0 ? Buffer.alloc(0) : bytes.subarray(end + 4)
  }
}
