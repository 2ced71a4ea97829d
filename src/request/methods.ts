/** THE LIST of methods that are passed on: those of browsers, and of other programs that speak to sites. */
export const METHODS: readonly string[] = ['DELETE', 'GET', 'HEAD', 'PATCH', 'POST', 'PUT', 'OPTIONS']
