/** A character, and what to write when a charset lacks it; rules/charsets/fallbacks.yaml. */
export type Fallbacks = ReadonlyMap<string, string>
