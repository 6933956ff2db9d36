/**
 * Orders text by code point, which equals the order of UTF-8 bytes. A lone surrogate sorts by its own code.
 *
 * JavaScript's `<` compares UTF-16 units and puts an emoji (units D800-DFFF) before U+E000-U+FFFF; databases do not.
 */
export function compareText(a: string, b: string): number {
  if (a === b) return 0
  const shorter = a.length < b.length ? a.length : b.length
  let i = 0
  while (i < shorter && a.charCodeAt(i) === b.charCodeAt(i)) i++
  if (i === shorter && !(i > 0 && isHigh(a.charCodeAt(i - 1)))) return a.length - b.length
  // The units differ inside a pair that began one before: compare the whole code points.
  if (i > 0 && isHigh(a.charCodeAt(i - 1)) && (isLow(a.charCodeAt(i)) || isLow(b.charCodeAt(i)))) i--
  if (i >= shorter) return a.length - b.length
  return (a.codePointAt(i) as number) - (b.codePointAt(i) as number)
}

/** Folds A-Z to a-z and nothing else: what `fold: 'ascii'` means on every engine. */
export function foldAscii(text: string): string {
  return /[A-Z]/.test(text) ? text.replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase()) : text
}

/** `startsWith` by code points: a lone surrogate does not begin a pair. */
export function startsWithText(text: string, part: string): boolean {
  return text.startsWith(part) && !splitsPair(text, part.length)
}

/** `includes` by code points: half a pair is not in it. Engines that store UTF-8 could not find it either. */
export function containsText(text: string, part: string): boolean {
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
    if (!splitsPair(text, at) && !splitsPair(text, at + part.length)) return true
    if (at >= text.length) return false
  }
  return false
}

/** Canonical decimal integer, the promise of `numericId`. */
export function isNumericId(id: string): boolean {
  return /^(?:0|-?[1-9][0-9]{0,14})$/.test(id)
}

/** Whether `at` lies between the two units of one code point. */
function splitsPair(text: string, at: number): boolean {
  return at > 0 && at < text.length && isHigh(text.charCodeAt(at - 1)) && isLow(text.charCodeAt(at))
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000
}
