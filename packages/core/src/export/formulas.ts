/**
 * Spreadsheets evaluate a cell that begins with one of these: ASCII, full-width (typed with a Japanese or Chinese
 * keyboard, evaluated by Excel) and small forms.
 */
const TRIGGER = '=+\\-@\uff1d\uff0b\uff0d\uff20\ufe62\ufe63\ufe66\ufe6b'
const anyTrigger = new RegExp(`[${TRIGGER}]`)
/**
 * A trigger where a cell may begin: at the start, or after what some program takes for a delimiter, a quote or the end
 * of a line, with blanks and unseen characters between. Looks ahead for the trigger first, so that a long run of blanks is walked
 * back once and not from each of its places.
 */
const atStartOfCell = new RegExp(`(?=[${TRIGGER}])(?<=(?:^|[,;|"'\\t\\r\\n])[\\s\\p{Cc}\\p{Cf}]*)`, 'gu')
const escaped = new RegExp(`'(?=[${TRIGGER}])`, 'g')

/**
 * Makes text that a spreadsheet would evaluate stay text: an apostrophe before each `=`, `+`, `-`, `@` (full-width and
 * small ones too) where a cell may begin.
 *
 * "May begin" includes after a delimiter, a quote or a line break inside the text: a program that reads the file with
 * another delimiter begins a cell there. Quoting alone does not help: `"=1+1"` is evaluated as `=1+1` is.
 *
 * @see OWASP, CSV Injection
 * @example escapeFormulas('=HYPERLINK("http://x")') // `'=HYPERLINK("http://x")`
 */
export function escapeFormulas(text: string): string {
  return anyTrigger.test(text) ? text.replace(atStartOfCell, "'") : text
}

/**
 * The text as it was before {@link escapeFormulas}, exactly, for whatever text that was.
 *
 * An apostrophe counts as a quote, so text that held `'=` of its own was given a second one, and one is taken away.
 *
 * @example unescapeFormulas("'=1+1") // '=1+1'
 */
export function unescapeFormulas(text: string): string {
  return text.replace(escaped, '')
}
