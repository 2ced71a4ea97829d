/** What tells one person from another. */
interface Asker {
  /** As the socket says it */
  readonly clientAddress: string
  /** Who said a password; a name of the settings */
  readonly user?: string | undefined
}

/**
 * The name under which everything personal is kept: settings, token, cookies, parts. A user is one client on every
 * machine; without users one machine is one client. No address begins like a user.
 */
export const personKeyOf = ({ clientAddress, user }: Asker): string => (user === undefined ? clientAddress : `@${user}`)
