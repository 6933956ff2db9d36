'use client'
import { useRef } from 'react'
import type { ReactElement } from 'react'
import { CrmButton } from '../shared/StateView.tsx'
import { useSafeLayoutEffect } from '../shared/useSafeLayoutEffect.ts'
import { useImportWizardParts } from './importWizardContext.ts'
import { progressText } from './importWords.ts'
import { useImportWords } from './useImportWords.ts'

/** How far the work is, as a bar and in words, and the button that stops it. */
export function ImportWizardProgress({ label }: { readonly label: string }): ReactElement {
  const { model, heading } = useImportWizardParts()
  const wording = useImportWords()
  const { progress } = model
  const share = progress?.phase === 'reading' ? progress.share : progress === null ? 0 : null
  const drawn = progressText(wording, progress)
  const box = useRef<HTMLDivElement | null>(null)
  useSafeLayoutEffect(() => {
    const element = box.current
    // Done: the button goes with its bar, and the focus goes on to the heading.
    return () => {
      if (element?.contains(element.ownerDocument.activeElement)) heading.current?.focus()
    }
  }, [heading])
  return (
    <div className="crm-import-progress" ref={box}>
      <p>{label}</p>
      <progress className="crm-import-bar" aria-label={label} aria-valuetext={drawn} max={1} {...(share === null ? {} : { value: share })} />
      <p className="crm-subtitle">{drawn}</p>
      <CrmButton onClick={model.stop}>{wording.words.stop}</CrmButton>
    </div>
  )
}
