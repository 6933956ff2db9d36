/**
 * The first member of a record that is not among the known: a slip in JSON (`neighbors`, `instock`) would pass in silence
 * otherwise, and answer another question than the one that was meant.
 */
export function strangeMember(record: object, known: readonly string[]): string | undefined {
  return Object.keys(record).find((name) => !known.includes(name))
}
