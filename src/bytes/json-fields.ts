/** What an object of JSON has that anybody may have written: a search engine, whoever shares a store. */
export type JsonFields = Readonly<Record<string, unknown>>

export const isFields = (value: unknown): value is JsonFields => typeof value === 'object' && value !== null
