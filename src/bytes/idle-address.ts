/** Whether an address of a link leads to no page: there is none, or only a script acts upon it. */
export const isIdle = (href: string | undefined): boolean =>
  href === undefined || /^\s*(#.*|javascript:.*)?$/is.test(href)
