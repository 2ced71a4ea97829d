/** The members of a field that is a list: a comma within quotes is a part of one (RFC 9110 5.6.1). */
export const listMembers = (value: string): string[] => value.match(/(?:[^,"]|"[^"]*"?)+/g) ?? []
