'use client'
import type { ImportColumn } from '@crm/core/adapter'
import type { ReactElement } from 'react'
import { useImportWords } from './useImportWords.ts'

/** The first values of a column, as they stand in the file. */
export function Samples({ column }: { readonly column: ImportColumn }): ReactElement {
  const { words } = useImportWords()
  if (column.samples.length === 0) return <span className="crm-import-hint">{words.noSamples}</span>
  return (
    <>
      {[...new Set(column.samples)].slice(0, 3).map((sample) => (
        <bdi key={sample}>{sample}</bdi>
      ))}
    </>
  )
}
