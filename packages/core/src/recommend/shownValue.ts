/** A value of any shape in the sentence of an error. */
export function shownValue(value: unknown): string {
  return typeof value === 'object' && value !== null ? (Array.isArray(value) ? 'a list' : 'a record') : String(value)
}
