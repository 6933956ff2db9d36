import type { Column, DataSchema, Operation, ResidentTables, Steps, WarningCount } from '../adapter/contract.ts'
import { DataContractError } from '../errors/index.ts'
import { fieldsOfSet } from '../shared/measures.ts'
import { STEP_ROWS } from '../shared/radix.ts'
import { invalidRequest } from './invalidRequest.ts'

export interface ProductNamesRequest {
  readonly ids: readonly string[]
}

/** What the set `products` says of some products: for ids that a page shows. */
export interface ProductNames {
  readonly kind: 'product-names'
  readonly version: 1
  /** Those of the request that the set holds, in its order. */
  readonly products: readonly { readonly id: string; readonly name: string | null; readonly category: string | null }[]
  readonly warnings: readonly WarningCount[]
}

/**
 * Names and categories of products. Without a set `products` there are none.
 *
 * @throws InvalidInputError `REQUEST_INVALID`
 * @example (await client.run(productNamesOperation, { ids: ['P-1'] })).data.products // [{ id: 'P-1', name: 'Green tea', category: 'Tea' }]
 */
export const productNamesOperation: Operation<ProductNamesRequest, ProductNames['products'], ProductNames> = {
  name: 'recommend/productNames',
  // Products are a scan, no summary of customers.
  request: () => null,
  tables: {
    reads: (_, schema) => (fieldsOfSet(schema, 'products') === null ? [] : [{ set: 'products', select: fieldsToRead(schema) }]),
    load: async () => findProducts,
  },
  read() {
    throw new DataContractError('PROTOCOL', 'A summary was read as names of products. Nothing in it can be used. Report it with the code.')
  },
  finish: (products) => Object.freeze({ kind: 'product-names', version: 1, products: Object.freeze(products), warnings: Object.freeze([]) }),
}

function fieldsToRead(schema: DataSchema): string[] {
  const fields = fieldsOfSet(schema, 'products')
  return ['productId', ...['name', 'category'].filter((name) => fields?.get(name)?.kind === 'text')]
}

function* findProducts({ ids }: ProductNamesRequest, { sets }: ResidentTables): Steps<ProductNames['products']> {
  if (!(Array.isArray(ids) && ids.every((id) => typeof id === 'string'))) throw invalidRequest('`ids` is no list of texts')
  const table = sets.find(({ set }) => set === 'products')
  const columnOf = (name: string): Column | undefined => table?.columns[table.select.indexOf(name)]
  const [id, name, category] = ['productId', 'name', 'category'].map(columnOf)
  const rowOf = new Map<string, number>()
  for (let row = 0; row < (table?.rows ?? 0); row += 1) {
    const own = textAt(id, row)
    if (own !== null) rowOf.set(own, row)
    if (row % STEP_ROWS === STEP_ROWS - 1) yield
  }
  return ids.flatMap((asked) => {
    const row = rowOf.get(asked)
    return row === undefined ? [] : [Object.freeze({ id: asked, name: textAt(name, row), category: textAt(category, row) })]
  })
}

function textAt(column: Column | undefined, row: number): string | null {
  return column?.kind === 'text' ? (column.dictionary[column.codes[row]!] ?? null) : null
}
