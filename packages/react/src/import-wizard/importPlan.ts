import type { ImportAttribute, ImportColumn, ImportDraft, ImportPlan, ImportRole } from '@crm/core/adapter'

/** In the order in which they are asked for. */
export const NEEDED_ROLES: readonly NeededRole[] = ['customerId', 'at', 'amount', 'quantity', 'unitPrice']
export const FURTHER_ROLES: readonly ImportRole[] = ['orderId', 'productId', 'customerName', 'productName', 'category', 'lineId']

/** A role that may have to have a column before a file can be read. */
export type NeededRole = Extract<ImportRole, 'customerId' | 'at' | 'amount' | 'quantity' | 'unitPrice' | 'productId'>

/** What decides where columns begin and end: a change reads the beginning of the file anew. */
export type ImportReading = Pick<ImportPlan, 'encoding' | 'delimiter' | 'header'>

/**
 * Roles that still lack a column. An amount may be one column, or quantity and unit price together; what is said of
 * products needs their id.
 */
export function missingRoles({ roles, attributes }: ImportPlan): readonly NeededRole[] {
  const missing: NeededRole[] = []
  if (roles.customerId === undefined) missing.push('customerId')
  if (roles.at === undefined) missing.push('at')
  if (roles.amount === undefined) {
    if (roles.quantity === undefined && roles.unitPrice === undefined) missing.push('amount')
    else if (roles.quantity === undefined) missing.push('quantity')
    else if (roles.unitPrice === undefined) missing.push('unitPrice')
  }
  const isOfProducts = roles.productName !== undefined || roles.category !== undefined || attributes.some(({ of }) => of === 'products')
  if (isOfProducts && roles.productId === undefined) missing.push('productId')
  return missing
}

/** The plan with a column in a role, or without one. A column with a role is no attribute besides. */
export function withRole(plan: ImportPlan, role: ImportRole, column: number | null): ImportPlan {
  const { [role]: _, ...others } = plan.roles
  if (column === null) return { ...plan, roles: others }
  return { ...plan, roles: { ...others, [role]: column }, attributes: plan.attributes.filter((attribute) => attribute.column !== column) }
}

/** The plan with a column kept as this attribute, in the order of the file, or not kept. */
export function withAttribute(plan: ImportPlan, column: number, attribute: Omit<ImportAttribute, 'column'> | null): ImportPlan {
  const others = plan.attributes.filter((one) => one.column !== column)
  if (attribute === null) return { ...plan, attributes: others }
  return { ...plan, attributes: [...others, { ...attribute, column }].sort((a, b) => a.column - b.column) }
}

export function readingOf({ encoding, delimiter, header }: ImportPlan): ImportReading {
  return { encoding, delimiter, header }
}

/** A column by its number, which is not its place: a draft leaves out what is empty. */
export function columnAt(columns: readonly ImportColumn[], index: number | undefined): ImportColumn | null {
  if (index === undefined) return null
  return columns[index]?.index === index ? columns[index]! : (columns.find((column) => column.index === index) ?? null)
}

/** The plan with the names of the columns that it uses, so that it can be fitted to another file. */
export function planFor(draft: ImportDraft, plan: ImportPlan = draft.plan): ImportPlan {
  const used = new Set([...Object.values(plan.roles), ...plan.attributes.map(({ column }) => column)])
  return { ...plan, columns: draft.columns.filter(({ index }) => used.has(index)).map(({ index, name }) => ({ index, name })) }
}

/**
 * A saved plan for the columns of another file: found by name where the plan knows the names, in whatever order they
 * stand now; by number where it does not.
 *
 * @returns null when a column that the plan uses is not there, or is there twice
 */
export function fitPlan(plan: ImportPlan, columns: readonly ImportColumn[]): ImportPlan | null {
  const names = new Map(plan.header ? plan.columns?.map(({ index, name }) => [index, name] as const) : [])
  const find = (index: number): number | null => {
    const name = names.get(index)
    const here = columnAt(columns, index)
    if (name === undefined || here?.name === name) return here === null ? null : index
    const named = columns.filter((column) => column.name === name)
    return named.length === 1 ? named[0]!.index : null
  }
  const roles: Partial<Record<ImportRole, number>> = {}
  for (const [role, column] of Object.entries(plan.roles) as [ImportRole, number][]) {
    const found = find(column)
    if (found === null) return null
    roles[role] = found
  }
  const attributes: ImportAttribute[] = []
  for (const attribute of plan.attributes) {
    const column = find(attribute.column)
    if (column === null) return null
    attributes.push({ ...attribute, column })
  }
  return { ...plan, roles, attributes }
}

/**
 * The plan after the file was cut into columns anew. Where their number is the same, what was chosen stays and takes
 * the new names; else the columns are others, and the suggestion for them holds.
 */
export function rereadPlan(plan: ImportPlan, before: ImportDraft, now: ImportDraft): ImportPlan {
  const next = { ...plan, ...readingOf(now.plan) }
  if (before.columns.length !== now.columns.length) return planFor(now, { ...next, roles: now.plan.roles, attributes: now.plan.attributes })
  const attributes = plan.attributes.map((one) => {
    const name = columnAt(now.columns, one.column)?.name
    return name !== undefined && one.name === columnAt(before.columns, one.column)?.name ? { ...one, name } : one
  })
  return planFor(now, { ...next, attributes })
}

/** A header and no row under it. */
export function isHeaderOnly(draft: ImportDraft): boolean {
  return draft.plan.header && draft.columns.every(({ samples }) => samples.length === 0)
}
