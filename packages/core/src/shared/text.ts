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

/** Canonical decimal integer, the promise of `numericId`. */
export function isNumericId(id: string): boolean {
  return /^(?:0|-?[1-9][0-9]{0,14})$/.test(id)
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000
}
