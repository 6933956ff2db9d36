'use client'
import { useId, useRef, useState } from 'react'
import type { DragEvent, ReactElement, ReactNode } from 'react'
import { Icon } from '../shared/Icon.tsx'
import { CrmButton } from '../shared/StateView.tsx'
import { useDelayed } from '../shared/useDelayed.ts'
import { ImportWizardFailure } from './ImportWizardFailure.tsx'
import { useSourceName } from './ImportWizardHead.tsx'
import { ImportWizardProgress } from './ImportWizardProgress.tsx'
import { useImportWizardParts } from './importWizardContext.ts'
import { sizeText } from './importWords.ts'
import { useImportWords } from './useImportWords.ts'

const FILE = 'M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6'
const UPLOAD = 'M12 16V5m-4.5 4L12 4.5 16.5 9M4 15.5V20h16v-4.5'

/** First step: a file by dropping or choosing it, or text by pasting it. Says which columns are needed. */
export function ImportWizardChoose({ note }: { readonly note?: ReactNode }): ReactElement {
  const { model } = useImportWizardParts()
  const { words, text } = useImportWords()
  const [isOver, setOver] = useState(false)
  const [isPasting, setPasting] = useState(model.text !== '' && typeof model.source === 'string')
  const [hasSeveral, setSeveral] = useState(false)
  const isBusy = model.task === 'open'
  const isLate = useDelayed(isBusy)
  const name = useSourceName()

  const drop = (event: DragEvent): void => {
    event.preventDefault()
    setOver(false)
    const { files } = event.dataTransfer
    setSeveral(files.length > 1)
    if (files.length === 1) model.choose(files[0]!)
  }
  const over = (event: DragEvent): void => {
    // Without this the browser would open the file in place of the page.
    event.preventDefault()
    setOver(true)
  }
  return (
    <div
      className="crm-import-choose"
      onDragEnter={over}
      onDragOver={over}
      onDragLeave={(event) => {
        if (!(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget))) setOver(false)
      }}
      onDrop={drop}
    >
      {hasSeveral ? (
        <p className="crm-banner" data-kind="error" role="alert">
          {words.onlyOne}
        </p>
      ) : null}
      <ImportWizardFailure />
      <div className="crm-import-drop" data-over={isOver || undefined}>
        {isBusy ? (
          // Short waits pass without a flicker.
          isLate ? <ImportWizardProgress label={text(words.reading, { name })} /> : null
        ) : isPasting ? (
          <PasteField onLeave={() => setPasting(false)} />
        ) : (
          <>
            <Icon className="crm-state-icon" size={24} path={model.draft ? FILE : UPLOAD} />
            <p className="crm-state-title">{model.draft ? <bdi>{name}</bdi> : words.dropTitle}</p>
            {model.draft ? <FileFacts /> : <p className="crm-subtitle">{text(words.dropFormats, { formats: endings(model.importer.accept) })}</p>}
            <div className="crm-import-buttons">
              <FileButton isPrimary={model.draft === null} />
              <CrmButton onClick={() => setPasting(true)}>{words.paste}</CrmButton>
            </div>
            {model.importer.isLocal === true && model.draft === null ? <p className="crm-from">{words.dropLocal}</p> : null}
          </>
        )}
      </div>
      <Needs />
      {note}
    </div>
  )
}

/** `.csv,.tsv,text/csv` as people write it: CSV, TSV. */
function endings(accept: string): string {
  return accept.split(',').map((one) => one.trim()).filter((one) => one.startsWith('.')).map((one) => one.slice(1).toUpperCase()).join(', ')
}

function FileFacts(): ReactElement {
  const { model } = useImportWizardParts()
  const { words, format, text } = useImportWords()
  const { size = null, columns = [] } = model.draft ?? {}
  return (
    <p className="crm-subtitle">
      {size === null ? text(words.fileFactsNoSize, { count: columns.length }) : text(words.fileFacts, { count: columns.length, size: sizeText(size, format.locale) })}
    </p>
  )
}

/** The browser's own file field, drawn as a button. */
function FileButton({ isPrimary }: { readonly isPrimary: boolean }): ReactElement {
  const { model } = useImportWizardParts()
  const { words } = useImportWords()
  return (
    <label className="crm-button crm-import-file" data-primary={isPrimary || undefined}>
      <input
        type="file"
        className="crm-visually-hidden"
        accept={model.importer.accept}
        onChange={(event) => {
          const [file] = event.target.files ?? []
          if (file !== undefined) model.choose(file)
          // The same file, mended, is a new choice.
          event.target.value = ''
        }}
      />
      {model.draft === null ? words.chooseFile : words.chooseOther}
    </label>
  )
}

function PasteField({ onLeave }: { readonly onLeave: () => void }): ReactElement {
  const { model } = useImportWizardParts()
  const { words } = useImportWords()
  const field = useRef<HTMLTextAreaElement | null>(null)
  const id = useId()
  return (
    <>
      <label htmlFor={id}>{words.pasteLabel}</label>
      <textarea id={id} ref={field} className="crm-import-text" rows={7} wrap="off" spellCheck={false} dir="ltr" value={model.text} onChange={(event) => model.setText(event.target.value)} />
      <div className="crm-import-buttons">
        <CrmButton
          data-primary={model.source === model.text ? undefined : true}
          onClick={() => {
            if (model.text.trim() === '') field.current?.focus()
            else model.choose(model.text)
          }}
        >
          {words.pasteUse}
        </CrmButton>
        <CrmButton onClick={onLeave}>{words.pasteLeave}</CrmButton>
      </div>
    </>
  )
}

/** What the file has to say. */
function Needs(): ReactElement {
  const { words } = useImportWords()
  return (
    <div className="crm-import-needs">
      <p className="crm-import-strong">{words.needsTitle}</p>
      <dl>
        {(['customerId', 'at', 'amount'] as const).map((role) => (
          <div key={role}>
            <dt className="crm-import-strong">{words.roles[role]}</dt>
            <dd className="crm-subtitle">{words.needs[role]}</dd>
          </div>
        ))}
      </dl>
      <p className="crm-subtitle">{words.needsMore}</p>
    </div>
  )
}
