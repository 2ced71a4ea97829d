import { fileURLToPath } from 'node:url'

/** The file, beside this one, that a thread or a process begins with. */
export const entryFile = (name: string): string => fileURLToPath(new URL(`./${name}`, import.meta.url))
