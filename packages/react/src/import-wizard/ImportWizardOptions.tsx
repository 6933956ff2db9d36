'use client'
import type { ImportDoubt, ImportPlan } from '@crm/core/adapter'
import { useId, useMemo, useState } from 'react'
import type { ReactElement, ReactNode, SyntheticEvent } from 'react'
import { Icon } from '../shared/Icon.tsx'
import { useImportWizardParts } from './importWizardContext.ts'
import { doubtText } from './importWords.ts'
import { useImportWords } from './useImportWords.ts'

/** What files are written in, most of them first; names as everybody writes them. */
const ENCODINGS: readonly (readonly [string, string])[] = [
  ['utf-8', 'UTF-8'],
  ['utf-16le', 'UTF-16 LE'],
  ['utf-16be', 'UTF-16 BE'],
  ['windows-1252', 'Windows-1252'],
  ['windows-1250', 'Windows-1250'],
  ['windows-1251', 'Windows-1251'],
  ['windows-1254', 'Windows-1254'],
  ['iso-8859-2', 'ISO-8859-2'],
  ['iso-8859-15', 'ISO-8859-15'],
  ['gb18030', 'GB18030'],
  ['big5', 'Big5'],
  ['shift_jis', 'Shift_JIS'],
  ['euc-kr', 'EUC-KR'],
]

const DOUBT = 'M8 5.5v3.2m0 2v.1M8 2 1.8 13h12.4z'

type Choices = readonly (readonly [value: string, label: string])[]
type OptionName = 'header' | 'delimiter' | 'encoding' | 'decimal' | 'dates' | 'timeZone' | 'currency' | 'duplicates' | 'rejects' | 'cancellationPrefix'

/** How the file is read: a line that says it, and every setting below it. Open at once when one of them is not certain. */
export function ImportWizardOptions(): ReactElement | null {
  const { model } = useImportWizardParts()
  const { words, format, text } = useImportWords()
  const { plan, doubts, draft } = model
  const [isOpen, setOpen] = useState(doubts.length > 0)
  const currencies = useMemo(() => currencyChoices(format.locale), [format.locale])
  if (plan === null || draft === null) return null

  const delimiters: Choices = [
    [',', words.delimiters.comma],
    [';', words.delimiters.semicolon],
    ['\t', words.delimiters.tab],
    ['|', words.delimiters.pipe],
  ]
  const choices: Readonly<Record<Exclude<OptionName, 'cancellationPrefix'>, Choices>> = {
    header: [['yes', words.headers.yes], ['no', words.headers.no]],
    delimiter: withChosen(delimiters, plan.delimiter, text(words.delimiters.other, { delimiter: plan.delimiter })),
    encoding: withChosen(ENCODINGS, plan.encoding.toLowerCase(), plan.encoding),
    decimal: [['.', words.decimals.point], [',', words.decimals.comma]],
    dates: [['iso', words.dateOrders.iso], ['dayFirst', words.dateOrders.dayFirst], ['monthFirst', words.dateOrders.monthFirst]],
    timeZone: withChosen(zoneChoices(), plan.timeZone, plan.timeZone),
    currency: withChosen(currencies, plan.currency, plan.currency),
    duplicates: [['keep', words.duplicates.keep], ['drop', words.duplicates.drop]],
    rejects: [['skip', words.rejects.skip], ['stop', words.rejects.stop]],
  }
  const value = (name: OptionName): string => (name === 'header' ? (plan.header ? 'yes' : 'no') : name === 'encoding' ? plan.encoding.toLowerCase() : plan[name])
  const change = (name: OptionName, next: string, event: SyntheticEvent): void => {
    if (name === 'header') model.setReading({ header: next === 'yes' })
    else if (name === 'delimiter' || name === 'encoding') model.setReading({ [name]: next })
    else model.setPlan({ ...plan, [name]: next } as ImportPlan, 'option', event)
  }
  const label = (name: Exclude<OptionName, 'cancellationPrefix'>): string => choices[name].find(([one]) => one === value(name))?.[1] ?? value(name)
  const field = (name: OptionName): ReactElement => {
    const doubt = doubts.includes(name as ImportDoubt) ? doubtText({ words, format, text }, name as ImportDoubt, draft, plan) : null
    return (
      <Option key={name} label={words.options[name]} doubt={doubt}>
        {(props) =>
          name === 'cancellationPrefix' ? (
            <input {...props} type="text" className="crm-import-field" spellCheck={false} value={plan.cancellationPrefix} onChange={(event) => change(name, event.target.value, event)} />
          ) : (
            <select {...props} className="crm-import-field" value={value(name)} onChange={(event) => change(name, event.target.value, event)}>
              {choices[name].map(([one, word]) => (
                <option key={one} value={one}>{word}</option>
              ))}
            </select>
          )
        }
      </Option>
    )
  }
  return (
    <details className="crm-import-more" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span className="crm-import-strong">{words.optionsTitle}</span>
        {doubts.length > 0 ? (
          <span className="crm-import-doubt">
            <Icon path={DOUBT} />
            {text(words.optionsDoubts, { count: doubts.length })}
          </span>
        ) : null}
        <span className="crm-import-hint">{(['delimiter', 'encoding', 'decimal', 'dates', 'timeZone', 'currency'] as const).map(label).join(' · ')}</span>
      </summary>
      <div className="crm-import-options">{(Object.keys(words.options) as OptionName[]).map(field)}</div>
    </details>
  )
}

interface OptionProps {
  readonly label: string
  /** What to look at; null where the setting is certain. */
  readonly doubt: string | null
  readonly children: (props: { readonly id: string; readonly 'aria-describedby': string | undefined }) => ReactNode
}

function Option({ label, doubt, children }: OptionProps): ReactElement {
  const id = useId()
  return (
    <div className="crm-import-option" data-doubt={doubt === null ? undefined : true}>
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-describedby': doubt === null ? undefined : `${id}doubt` })}
      {doubt === null ? null : (
        <span className="crm-import-doubt" id={`${id}doubt`}>
          <Icon path={DOUBT} />
          <span>{doubt}</span>
        </span>
      )}
    </div>
  )
}

/** A setting that no list foresees is offered all the same. */
function withChosen(choices: Choices, value: string, label: string): Choices {
  return choices.some(([one]) => one === value) ? choices : [[value, label], ...choices]
}

let zones: Choices | null = null
function zoneChoices(): Choices {
  zones ??= ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')].map((zone) => [zone, zone] as const)
  return zones
}

function currencyChoices(locale: string): Choices {
  const names = new Intl.DisplayNames(locale, { type: 'currency' })
  return Intl.supportedValuesOf('currency').map((code) => [code, `${code} · ${names.of(code) ?? code}`] as const)
}
