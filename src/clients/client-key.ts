/** What tells one person's machine from another's. */
interface Asker {
  /** As the socket says it */
  readonly clientAddress: string
}

/** The name under which everything personal is kept: settings, token, cookies. One machine is one client. */
export const clientKey = ({ clientAddress }: Asker): string => clientAddress
