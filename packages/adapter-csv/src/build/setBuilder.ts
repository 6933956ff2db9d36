import type { Column, DataField, DataSetName, FieldType, Scalar, Steps } from '@crm/core/adapter'
import type { CodeBlocks } from './blocks.ts'
import type { TextCodes } from './textCodes.ts'

/** One data set, as columns in the order of `fields`. */
export interface BuiltSet {
  readonly name: DataSetName
  readonly fields: readonly DataField[]
  readonly columns: readonly Column[]
}

/** Collects the fields and columns of a set. */
export class SetBuilder {
  readonly fields: DataField[] = []
  readonly columns: Column[] = []
  private readonly name: DataSetName

  constructor(name: DataSetName) {
    this.name = name
  }

  add(name: string, type: FieldType, column: Column, nullable = false, varies = false): void {
    this.fields.push(Object.freeze({ name, type: Object.freeze(type), nullable, ...(varies ? { varies: true as const } : {}) }))
    this.columns.push(column)
  }

  /** The values of one row, in the order of `fields`. */
  row(index: number): (Scalar | null)[] {
    return this.columns.map((column) => valueAt(column, index))
  }

  done(): BuiltSet {
    return Object.freeze({ name: this.name, fields: Object.freeze(this.fields), columns: Object.freeze(this.columns) })
  }
}

/** Code of a row whose id is made at the end, when it is sure that no other row has it. */
export const MADE = -2

/**
 * Codes with their texts; rows without an id of their own get one that names their line and that no other row has.
 *
 * @param made line of the file of each such row; null where there are none
 */
export function* idColumn(codes: CodeBlocks, texts: TextCodes, made: CodeBlocks | null): Steps<Column> {
  const values = yield* codes.finish()
  for (let row = 0, next = 0; made !== null && next < made.length; row++) {
    if (row % 16_384 === 16_383) yield
    if (values[row] !== MADE) continue
    let id = `#${made.get(next++)}`
    while (texts.has(id)) id = `#${id}`
    values[row] = texts.add(id)
  }
  return { kind: 'text', codes: values, dictionary: texts.texts }
}

function valueAt(column: Column, row: number): Scalar | null {
  if (column.kind === 'text') {
    const code = column.codes[row] as number
    return code < 0 ? null : (column.dictionary[code] as string)
  }
  if (column.validity?.[row] === 0) return null
  return column.kind === 'boolean' ? column.values[row] === 1 : (column.values[row] as number)
}
