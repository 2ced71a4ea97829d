/** What says yes and no in a table, and of an item of a list. */
export const FOR_YES = '✓'
export const FOR_NO = '✗'

/** Whether the words for a picture are such a sign. */
export const isAnswer = (said: string): boolean => said === FOR_YES || said === FOR_NO
