// A file of its own that is loaded late: of a package that is CommonJS, and comes into the few files of dist/ with its
// names, only an `import` at the top finds them there.
export { createClient, ErrorReply, MultiErrorReply, RESP_TYPES } from '@redis/client'
