/** THE LIST of methods that are passed on: those of browsers, and of the programs that speak to sites beside them. */
export const METHODS: readonly string[] = ['DELETE', 'GET', 'HEAD', 'PATCH', 'POST', 'PUT', 'OPTIONS']
