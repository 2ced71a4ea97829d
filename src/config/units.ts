/** How many of the unit of a setting a letter behind a number stands for; of bytes 1024, as memory is counted. */
const UNITS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  bytes: { b: 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 },
  megabytes: { m: 1, g: 1024 },
  milliseconds: { ms: 1, s: 1000, m: 60_000 },
  seconds: { s: 1, m: 60, h: 3600, d: 86_400 },
  minutes: { m: 1, h: 60, d: 1440 }
}

/** A number, and the unit behind it: 4MB, 4 MiB, 512k, 30m, 30 min, 1 hour. */
const MEASURE = /^(\d{1,15}(?:\.\d{1,6})?) ?([a-z]{1,12})$/

const unitLetter = (word: string): string => {
  if (word === 'ms' || word.startsWith('milli')) return 'ms'
  return /^(?:[kmg](?:i?b)?|b(?:ytes?)?|mega(?:bytes?)?|s(?:ec(?:onds?)?)?|m(?:in(?:utes?)?)?|h(?:ours?)?|d(?:ays?)?)$/.test(
    word
  )
    ? word.charAt(0)
    : ''
}

/** A text such as "4MB" or "30m" in the unit of a setting; NaN when it is none. */
export function inUnit(text: string, unit: string): number {
  const [, number, word = ''] = MEASURE.exec(text.trim().toLowerCase()) ?? []
  const of = UNITS[unit]?.[unitLetter(word)]
  return number === undefined || of === undefined ? NaN : Number(number) * of
}
