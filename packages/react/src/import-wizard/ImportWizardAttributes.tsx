'use client'
import type { ImportAttribute, ImportColumn } from '@crm/core/adapter'
import type { ReactElement } from 'react'
import { useCommonWords } from '../shared/useCommonWords.ts'
import { withAttribute } from './importPlan.ts'
import { useImportWizardParts } from './importWizardContext.ts'
import { Samples } from './Samples.tsx'
import { useColumnNames, useImportWords } from './useImportWords.ts'

const OFS: readonly ImportAttribute['of'][] = ['customers', 'products', 'transactions']
const KINDS: readonly ImportAttribute['kind'][] = ['text', 'integer', 'number', 'boolean', 'date']
/** Names that fit a line. */
const NAMED = 5

/** The columns without a meaning of their own: which are kept, and of whom they say something. */
export function ImportWizardAttributes({ columns }: { readonly columns: readonly ImportColumn[] }): ReactElement | null {
  const { model } = useImportWizardParts()
  const { words, text } = useImportWords()
  const { listSeparator } = useCommonWords().words
  const { plan, draft } = model
  const columnNames = useColumnNames(draft)
  if (plan === null) return null
  const taken = new Set(Object.values(plan.roles))
  const others = columns.filter(({ index }) => !taken.has(index))
  if (others.length === 0) return null
  const kept = plan.attributes.map(({ name }) => name)
  const named = kept.slice(0, NAMED).join(listSeparator)
  const names = kept.length > NAMED ? text(words.attributesMore, { names: named, count: kept.length - NAMED }) : named
  return (
    <details className="crm-import-more">
      <summary>
        <span className="crm-import-strong">{words.attributesTitle}</span>
        <span className="crm-import-hint">{kept.length === 0 ? words.attributesNone : text(words.attributesKept, { names })}</span>
      </summary>
      <div role="table" aria-label={words.attributesLabel} className="crm-import-roles">
        <div role="row" className="crm-import-attribute crm-import-role-head">
          {(['column', 'of', 'kind', 'samples'] as const).map((head) => (
            <span key={head} role="columnheader">{words.attributeHead[head]}</span>
          ))}
        </div>
        {others.map((column) => (
          <AttributeRow key={column.index} column={column} label={columnNames.get(column.index) ?? column.name} />
        ))}
      </div>
    </details>
  )
}

function AttributeRow({ column, label }: { readonly column: ImportColumn; readonly label: string }): ReactElement | null {
  const { model } = useImportWizardParts()
  const { words, text } = useImportWords()
  const { plan } = model
  if (plan === null) return null
  const { index, name } = column
  const attribute = plan.attributes.find((one) => one.column === index)
  const suggested = model.draft?.plan.attributes.find((one) => one.column === index)
  const values = attribute ?? suggested ?? { name, of: 'customers' as const, kind: 'text' as const }
  const set = (change: Partial<ImportAttribute>): void => model.setPlan(withAttribute(plan, index, { ...values, ...change }), 'attribute')
  return (
    <div role="row" className="crm-import-attribute" data-kept={attribute !== undefined || undefined}>
      <div role="cell">
        <label className="crm-import-keep">
          <input type="checkbox" checked={attribute !== undefined} onChange={(event) => (event.target.checked ? set({}) : model.setPlan(withAttribute(plan, index, null), 'attribute', event))} />
          <bdi>{label}</bdi>
        </label>
      </div>
      <div role="cell">
        <select className="crm-import-field" aria-label={text(words.attributeOf, { column: label })} disabled={attribute === undefined} value={values.of} onChange={(event) => set({ of: event.target.value as ImportAttribute['of'] })}>
          {OFS.map((of) => (
            <option key={of} value={of}>{words.ofs[of]}</option>
          ))}
        </select>
      </div>
      <div role="cell">
        <select className="crm-import-field" aria-label={text(words.attributeKind, { column: label })} disabled={attribute === undefined} value={values.kind} onChange={(event) => set({ kind: event.target.value as ImportAttribute['kind'] })}>
          {KINDS.map((kind) => (
            <option key={kind} value={kind}>{words.kinds[kind]}</option>
          ))}
        </select>
      </div>
      <div role="cell" className="crm-import-samples">
        <Samples column={column} />
      </div>
    </div>
  )
}
