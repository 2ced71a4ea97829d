export type Fields = Record<string, unknown>

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Fields of `change` over those of `base`, field by field; null takes a field of the base away. */
export function overlay(base: Fields, change: Fields): Fields {
  const result: Fields = { ...base }
  for (const [key, value] of Object.entries(change)) {
    const below = result[key]
    if (value === null) Reflect.deleteProperty(result, key)
    else result[key] = isFields(below) && isFields(value) ? overlay(below, value) : value
  }
  return result
}
