'use client'
import type { ReactElement } from 'react'
import type { ExportMenuProps } from '../export-menu/ExportMenu.tsx'
import { AnswerSource } from '../shared/AnswerSource.tsx'
import { NoPicture } from '../shared/NoPicture.tsx'
import { Banners } from '../shared/StateView.tsx'
import { useCommonWords } from '../shared/useCommonWords.ts'
import { useDelayed } from '../shared/useDelayed.ts'
import type { WidgetSlots } from '../shared/widgetState.ts'
import { useRfmScatterModel } from './RfmScatterContext.ts'
import { RfmScatterAxisControl, RfmScatterMeasureControl } from './RfmScatterControls.tsx'
import { RfmScatterExport } from './RfmScatterExport.tsx'
import { RfmScatterLegend } from './RfmScatterLegend.tsx'
import { RfmScatterPlot } from './RfmScatterPlot.tsx'
import { RfmScatterRoot } from './RfmScatterRoot.tsx'
import { RfmScatterSelection } from './RfmScatterSelection.tsx'
import { RfmScatterFinding, RfmScatterTitle } from './RfmScatterTitle.tsx'
import { RfmScatterTooltip } from './RfmScatterTooltip.tsx'
import { useRfmScatter } from './useRfmScatter.ts'
import type { RfmScatterModel, UseRfmScatterOptions } from './useRfmScatter.ts'
import { axisTitleOf, useRfmScatterWords } from './useRfmScatterWords.ts'

/** What may stand in the place of the kit's own states. */
export type RfmScatterSlots = WidgetSlots<RfmScatterModel>

export interface RfmScatterProps extends UseRfmScatterOptions {
  /** Replaces the title. */
  readonly title?: string
  /** 2..6, to fit the headings of the page. Default 3. */
  readonly headingLevel?: 2 | 3 | 4 | 5 | 6
  /** What may replace the states. */
  readonly slots?: RfmScatterSlots
  /** Clears the selection that the picture was asked with (`request.selection`). */
  readonly onClearFilter?: () => void
  /** After a file was handed to the browser, or the clipboard written. */
  readonly onExport?: ExportMenuProps['onExport']
  readonly className?: string | undefined
}

/**
 * Customers by two measures, of any number: counted in squares where they are many, one by one where they are few. A
 * rectangle drawn by mouse or keyboard is a selection; zooming in counts anew.
 *
 * @example
 * <RfmScatter request={{ spec }} defaultX="orders" onSelectionChange={setSelection} />
 */
export function RfmScatter({ title, headingLevel = 3, slots = {}, onClearFilter, onExport, className, ...options }: RfmScatterProps): ReactElement {
  const model = useRfmScatter(options)
  const { answer, view, status, error } = model
  const { words } = useCommonWords()
  // A quick update stays quiet.
  const isLate = useDelayed(status === 'stale' && error === null)
  return (
    <RfmScatterRoot model={model} className={className}>
      <header className="crm-rfm-head">
        <div className="crm-rfm-titles">
          <RfmScatterTitle level={headingLevel} {...(title === undefined ? {} : { children: title })} />
          <div role="status">{isLate ? <p className="crm-subtitle">{words.stale}</p> : status === 'ready' || status === 'stale' ? <RfmScatterFinding /> : null}</div>
        </div>
        <RfmScatterExport onExport={onExport} />
        <div className="crm-rfm-controls">
          <RfmScatterAxisControl axis="x" />
          <RfmScatterAxisControl axis="y" />
          <RfmScatterMeasureControl />
        </div>
      </header>
      {answer && status !== 'forbidden' ? <Banners error={error} onRetry={model.retry} selection={model.request.selection} onClear={onClearFilter} provenance={answer.provenance} /> : null}
      <RfmScatterBody slots={slots} onClearFilter={onClearFilter} isMarkedStale={isLate || (status === 'stale' && error !== null)} />
      <AnswerSource answer={answer} result={view?.density} />
    </RfmScatterRoot>
  )
}

interface BodyProps {
  readonly slots: RfmScatterSlots
  readonly onClearFilter: (() => void) | undefined
  readonly isMarkedStale: boolean
}

function RfmScatterBody({ slots, onClearFilter, isMarkedStale }: BodyProps): ReactElement {
  const model = useRfmScatterModel()
  const tools = useRfmScatterWords()
  const { status, view, answer } = model
  const slot = status === 'ready' || status === 'stale' ? undefined : slots[status]
  if (slot) return <div className="crm-rfm-body">{slot(model)}</div>
  if (status === 'loading') return <Skeleton />
  if (view !== null) {
    return (
      <>
        <div className="crm-rfm-body" data-stale={isMarkedStale || undefined}>
          <div className="crm-heat-top">
            <p className="crm-heat-title crm-note" data-picture>{axisTitleOf(tools, view.y.field, view.density)}</p>
            <RfmScatterLegend />
          </div>
          <RfmScatterPlot />
          <p className="crm-heat-title crm-note" data-axis="r" data-picture>{axisTitleOf(tools, view.x.field, view.density)}</p>
          <RfmScatterTooltip />
        </div>
        <RfmScatterSelection />
      </>
    )
  }
  return <NoPicture model={model} asked={answer?.data} words={tools.words} onClearFilter={onClearFilter} className="crm-scatter-size" />
}

/** The shape of the picture to come; after 300 ms it says what is being done. */
function Skeleton(): ReactElement {
  const { words } = useRfmScatterWords()
  const isSlow = useDelayed(true)
  return (
    <>
      <div className="crm-rfm-body">
        <div className="crm-heat-loading">
          <svg className="crm-heat crm-scatter" data-loading="true" aria-hidden="true">
            <rect className="crm-cell-ground" width="100%" height="100%" />
          </svg>
          <p className="crm-heat-doing" role="status">
            {isSlow ? <span>{words.loading}</span> : null}
          </p>
        </div>
      </div>
      <div className="crm-selection" />
    </>
  )
}
