import { shortKey } from './short-address.js'

/**
 * Proves that a page which we have written for a client had a form that is wanted by POST at an address. The mark of a
 * form is a part of an address, and anybody can write one into a link: a person who follows that would send by POST
 * what somebody else has filled in. Addresses begin with a scheme, so that no key of one is a seal.
 *
 * @param path a path with a query
 * @param secret that of the client
 */
export const formSeal = (host: string, path: string, secret: string): string => shortKey(`POST ${host} ${path}`, secret)
