// The face of parse5's tree: what steps ask of it, look for in it and do to it.

export * from './node.js'
export * from './walk.js'
export * from './change.js'
