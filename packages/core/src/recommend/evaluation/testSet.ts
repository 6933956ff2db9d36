import type { Preferences } from '../recommend.types.ts'

/** What there is to find, in the codes of the training. */
export interface TestSet {
  /** Customers with something to find, ascending. */
  readonly customers: Int32Array
  /** Length customers + 1: where the products of each begin. */
  readonly offsets: Int32Array
  /** Ascending within a customer. */
  readonly products: Int32Array
  /** Customers of the test of whom training knows nothing: left out, as no strategy knows anything of them. */
  readonly newCustomers: number
  /** Pairs of the test whose product nobody has in training: left out, as no strategy can find it. */
  readonly newProducts: number
}

export interface TestSetOptions {
  /** Only what the customer does not have in training, or that too. Default `novel`. */
  readonly task?: 'novel' | 'any'
  /** Of ratings: only those of at least so much are worth finding. Default all. */
  readonly relevantFrom?: number
}

/**
 * Makes of preferences kept for the test what there is to find.
 *
 * @param train what is known. Ids decide which customer and product is which, so the two may be made apart
 * @param test what came after
 * @example testSetOf(train, test).customers.length // how many customers can be tested
 */
export function testSetOf(train: Preferences, test: Preferences, options: TestSetOptions = {}): TestSet {
  const { task = 'novel', relevantFrom = -Infinity } = options
  const customerCodes = codesIn(train.customers, train.byCustomer.offsets, test.customers)
  const productCodes = codesIn(train.products, train.byProduct.offsets, test.products)
  const { offsets, codes, weights } = test.byCustomer
  const has = new Uint8Array(train.products.length)
  const customers: number[] = []
  const found: number[] = []
  const starts = [0]
  let newCustomers = 0
  let newProducts = 0
  // Both lists ascend, so the codes of training do too.
  for (let t = 0; t < test.customers.length; t++) {
    const [start, end] = [offsets[t] as number, offsets[t + 1] as number]
    if (start === end) continue
    const customer = customerCodes[t] as number
    if (customer < 0) {
      newCustomers++
      continue
    }
    const [own, ownEnd] = [train.byCustomer.offsets[customer] as number, train.byCustomer.offsets[customer + 1] as number]
    for (let i = own; i < ownEnd; i++) has[train.byCustomer.codes[i] as number] = 1
    for (let i = start; i < end; i++) {
      if ((weights[i] as number) < relevantFrom) continue
      const product = productCodes[codes[i] as number] as number
      if (product < 0) newProducts++
      else if (task === 'any' || has[product] === 0) found.push(product)
    }
    for (let i = own; i < ownEnd; i++) has[train.byCustomer.codes[i] as number] = 0
    if (found.length === starts.at(-1)) continue
    customers.push(customer)
    starts.push(found.length)
  }
  return Object.freeze({ customers: Int32Array.from(customers), offsets: Int32Array.from(starts), products: Int32Array.from(found), newCustomers, newProducts })
}

/** The same for some of the customers alone. @param places ascending */
export function someOf(all: TestSet, places: Int32Array): TestSet {
  const customers = new Int32Array(places.length)
  const offsets = new Int32Array(places.length + 1)
  const found: number[] = []
  for (let i = 0; i < places.length; i++) {
    const place = places[i] as number
    customers[i] = all.customers[place] as number
    for (let j = all.offsets[place] as number; j < (all.offsets[place + 1] as number); j++) found.push(all.products[j] as number)
    offsets[i + 1] = found.length
  }
  return Object.freeze({ ...all, customers, offsets, products: Int32Array.from(found) })
}

/** Code in training of each id of the test; -1 for one that training has no entry of. */
function codesIn(known: readonly string[], offsets: Int32Array, ids: readonly string[]): Int32Array {
  const codes = new Int32Array(ids.length)
  const codeOf = known === ids ? null : new Map(known.map((id, code) => [id, code]))
  for (let i = 0; i < ids.length; i++) {
    const code = codeOf === null ? i : (codeOf.get(ids[i] as string) ?? -1)
    codes[i] = code >= 0 && (offsets[code + 1] as number) > (offsets[code] as number) ? code : -1
  }
  return codes
}
