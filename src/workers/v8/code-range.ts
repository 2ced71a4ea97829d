/** A smaller piece of memory is code in use. Bytes. */
const LEAST_BYTES = 64 * 1024 * 1024

const sizeOf = (range: string): number => {
  const [from = '', to = ''] = range.split('-')
  return Number.parseInt(to, 16) - Number.parseInt(from, 16)
}

/**
 * What V8 sets aside for the machine code of one thread, of which it uses little: 512 MB in Node 24 and 26, nothing in
 * Node 20 and 22. The system counts it as memory of the process (RLIMIT_DATA), because it may be written.
 *
 * @param maps /proc/PID/maps of a process of the same Node (proc_pid_maps(5))
 * @returns bytes
 */
export const codeRangeIn = (maps: string): number =>
  [...maps.matchAll(/^([\da-f]+-[\da-f]+) rwxp /gm)]
    .map(([, range = '']) => sizeOf(range))
    .filter(size => size >= LEAST_BYTES)
    .reduce((most, size) => Math.max(most, size), 0)
