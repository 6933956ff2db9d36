/** Texts that break something somewhere. All distinct; order, case, blanks and normal form matter. */
export const HOSTILE_TEXTS: readonly string[] = [
  '', ' ', '  ', 'a', 'A', 'a ', ' a', 'aa', 'Aa', 'aA', 'AA', 'b', 'B', 'z', 'Z', '[', '`', '@', '{',
  // Normal forms and blanks that look alike.
  '\u00e1', 'a\u0301', '\u212b', '\u00c5', 'A\u030a', '\ufb01', 'fi', '\u200b', '\ufeffa', '\u00a0', 'a\u00a0',
  // Case: only A-Z folds. Kelvin sign, long s, dotted and dotless i, sharp s.
  'k', 'K', '\u212a', 's', 'S', '\u017f', 'i', 'I', '\u0130', '\u0131', '\u00df', 'ss', 'SS', '\u1e9e', '\u00c9t\u00e9', '\u00e9T\u00c9',
  // NUL, controls, line ends.
  '\u0000', 'a\u0000', 'a\u0000b', '\u0000a', '\u0001', '\t', '\n', '\r\n', 'a\nb', '\u001f', '\u007f', '\u0080', '\u2028', '\u2029',
  // Lone surrogates, the replacement character they turn into, both ends of the planes: UTF-16 order differs from code points here.
  '\ud800', '\udc00', 'a\ud83d', '\ude00a', '\udfff', '\ufffd', 'a\ufffd', '\ud7ff', '\ue000', '\uffff', '\u{10000}', '\u{10ffff}',
  // Emoji, joined ones, flags, skin tones.
  '\u{1f600}', '\u{1f600}\u{1f600}', '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}', '\u{1f469}\u200d\u{1f467}', '\u{1f1f3}\u{1f1f1}', '\u{1f44d}\u{1f3fd}', '\u2764\ufe0f', '\u2764',
  // Direction.
  '\u202eevil\u202c', '\u05e2\u05d1\u05e8\u05d9\u05ea', '\u0627\u0644\u0639\u0631\u0628\u064a\u0629', '\u2066a\u2069',
  '\u4e2d\u6587', '\u65e5\u672c\u8a9e', 'Z\u00fcrich', 'Zurich', 'zurich', '\u0440\u0430\u0443\u0440\u0430\u04cf', 'paypal',
  // Names of things.
  '__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', '__defineGetter__', 'then', 'length',
  'null', 'NULL', 'undefined', 'NaN', 'Infinity', '-Infinity', 'true', 'false', '0', '-0', '00', '1', '10', '9', '1e3', '0x10', '\\N',
  // Wildcards and quotes as data.
  '%', '_', '%%', '__', 'a%', 'a_', 'a%b', 'a_b', 'axb', 'a\\b', '\\', '\\\\', '\\%', '*', '?', 'a*b', '.', '.*', '^a$', '[a]', '[^a]',
  "'", "''", '"', '""', 'O\'Brien', 'a"b', '$1', '$$', ':name', '@p0', '?1', '${7*7}', '{{7*7}}',
  "'; drop table customers; --", "' or '1'='1", "') or true --", '1; select 1', '/* */', '--', '#', "\\'; drop table customers; --",
  '=HYPERLINK("http://example.test")', '+1', '-1', '@SUM(1)', '<script>alert(1)</script>', '<img src=x onerror=alert(1)>', 'javascript:alert(1)', '../../etc/passwd', '%00', '&amp;', '\\u0000',
  // Long ones, equal up to the last character.
  'x'.repeat(5000), 'x'.repeat(4999) + 'y', '\u{1f600}'.repeat(1000),
]

/** Fragments that a filter asks for and that are special somewhere. */
export const INJECTIONS: readonly string[] = [
  "'", "''", '"', '`', '\\', ';', '--', '/*', '%', '_', '\u0000', '\n', '$1', '?', ':a', '@a',
  "' or '1'='1", "' or 1=1 --", "'; drop table customers; --", "'; delete from transactions; --", "') union select 1 --", '" or ""="', '1 or 1=1', "x' and sleep(10) --",
  "'||(select 1)||'", "\\'; drop table transactions; --", "\u02bc or 1=1", '${process.exit(1)}', '__proto__', 'constructor', "'; update customers set name = 'x'; --", 'null', "N'x'", "E'\\x27'", 'x\u0000\'; drop table customers; --',
]

/** Holds NUL or a lone surrogate: what some engines cannot store. */
export function isAwkward(text: string): boolean {
  return text.includes('\u0000') || /\p{Surrogate}/u.test(text)
}
