/**
 * SQL text that cannot hold data. A fragment is made by the `sql` tag, which takes only fragments: a value has one way
 * in, {@link param}, and a name has one, `Dialect.identifier`, which quotes.
 */
export type ParamKind = 'text' | 'integer' | 'double' | 'boolean'

export interface Param {
  readonly kind: ParamKind
  readonly value: string | bigint | number | boolean
}

export interface Sql {
  readonly pieces: readonly (string | Param | Sql)[]
}

/** What a driver gets. `params[i]` belongs to the placeholder of position `i + 1`. */
export interface Statement {
  readonly text: string
  readonly params: readonly Param[]
}

/** Builds a fragment from constant text and other fragments. */
export function sql(strings: TemplateStringsArray, ...parts: readonly Sql[]): Sql {
  const pieces: (string | Sql)[] = [strings[0] as string]
  parts.forEach((part, i) => {
    // A string here would be text from outside: the type forbids it, and so does this line.
    if (!Array.isArray(part.pieces)) throw new TypeError('SQL is composed of fragments only')
    pieces.push(part, strings[i + 1] as string)
  })
  return { pieces }
}

export function param(kind: ParamKind, value: Param['value']): Sql {
  return { pieces: [{ kind, value }] }
}

export function text(value: string): Sql {
  return param('text', value)
}

/** A safe integer, or a bigint within 64 bits. */
export function integer(value: number | bigint): Sql {
  return param('integer', BigInt(value))
}

export function double(value: number): Sql {
  return param('double', value)
}

/** Joins fragments with constant text. */
export function join(parts: readonly Sql[], separator: string): Sql {
  return { pieces: parts.flatMap((part, i) => (i === 0 ? [part] : [separator, part])) }
}

/** A quoted name from a dialect. Nothing else may call this with text from outside. */
export function trusted(quoted: string): Sql {
  return { pieces: [quoted] }
}

/** All hold; of none, TRUE. */
export function all(conditions: readonly Sql[]): Sql {
  return conditions.length === 0 ? sql`TRUE` : sql`(${join(conditions, ' AND ')})`
}

/** Flattens a fragment. One `Param` object used in several places is sent once. */
export function render(fragment: Sql, placeholder: (position: number, kind: ParamKind) => string): Statement {
  const params: Param[] = []
  const positions = new Map<Param, number>()
  const texts: string[] = []
  const visit = (part: string | Param | Sql): void => {
    if (typeof part === 'string') texts.push(part)
    else if ('pieces' in part) part.pieces.forEach(visit)
    else {
      let position = positions.get(part)
      if (position === undefined) {
        position = params.push(part)
        positions.set(part, position)
      }
      texts.push(placeholder(position, part.kind))
    }
  }
  visit(fragment)
  return { text: texts.join(''), params }
}
