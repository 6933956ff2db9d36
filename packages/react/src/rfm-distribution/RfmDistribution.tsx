'use client'
import type { RfmSpec, SegmentMap } from '@crm/core/rfm'
import type { ReactElement } from 'react'
import type { ExportMenuProps } from '../export-menu/ExportMenu.tsx'
import { AnswerSource } from '../shared/AnswerSource.tsx'
import { useDelayed } from '../shared/useDelayed.ts'
import { NoPicture } from '../shared/NoPicture.tsx'
import { Banners } from '../shared/StateView.tsx'
import { useCommonWords } from '../shared/useCommonWords.ts'
import type { WidgetSlots } from '../shared/widgetState.ts'
import { RfmDistributionActions, RfmDistributionMapControl, RfmDistributionMeasureControl } from './RfmDistributionControls.tsx'
import { useRfmDistributionModel } from './RfmDistributionContext.ts'
import { RfmDistributionExport } from './RfmDistributionExport.tsx'
import { RfmDistributionFlows } from './RfmDistributionFlows.tsx'
import { RfmDistributionHistogram } from './RfmDistributionHistogram.tsx'
import { RfmDistributionRoot } from './RfmDistributionRoot.tsx'
import { RfmDistributionSegments } from './RfmDistributionSegments.tsx'
import { RfmDistributionSkeleton } from './RfmDistributionSkeleton.tsx'
import { RfmDistributionFinding, RfmDistributionTitle } from './RfmDistributionTitle.tsx'
import { useRfmDistribution } from './useRfmDistribution.ts'
import type { RfmDistributionModel, UseRfmDistributionOptions } from './useRfmDistribution.ts'
import { useRfmDistributionWords } from './useRfmDistributionWords.ts'

/** What may stand in the place of the kit's own states. */
export type RfmDistributionSlots = WidgetSlots<RfmDistributionModel>

export interface RfmDistributionProps extends UseRfmDistributionOptions {
  /** Segment maps to compare that of the spec with. Default: those that the kit brings. */
  readonly maps?: readonly SegmentMap[] | undefined
  /** Gets the present rule as a spec with thresholds: plain JSON. Gives the widget its button "Save as spec". */
  readonly onSave?: ((spec: RfmSpec) => void) | undefined
  /** Replaces the title. */
  readonly title?: string
  /** 2..6, to fit the headings of the page. Default 3. */
  readonly headingLevel?: 2 | 3 | 4 | 5 | 6
  /** What may replace the states. */
  readonly slots?: RfmDistributionSlots
  /** Clears the selection that the distributions were asked with; gives the no-match state its button. */
  readonly onClearFilter?: () => void
  /** After a file was handed to the browser, or the clipboard written. */
  readonly onExport?: ExportMenuProps['onExport']
  readonly className?: string | undefined
}

/**
 * How customers are spread over recency, frequency and money, with cut points to move: at each step it says who would
 * be in which segment, and what would change.
 *
 * @example
 * <RfmDistribution request={{ spec: { asOf: Date.UTC(2017, 11, 31), timeZone: 'America/New_York' } }} onSave={(spec) => save(spec)} />
 */
export function RfmDistribution({ maps, onSave, title, headingLevel = 3, slots = {}, onClearFilter, onExport, className, ...options }: RfmDistributionProps): ReactElement {
  const model = useRfmDistribution(options)
  const { answer, grid, status, error } = model
  const { words } = useCommonWords()
  // A quick update stays quiet.
  const isLate = useDelayed(status === 'stale' && error === null)
  const isShown = status === 'ready' || status === 'stale'
  return (
    <RfmDistributionRoot model={model} className={className}>
      <header className="crm-rfm-head">
        <div className="crm-rfm-titles">
          <RfmDistributionTitle level={headingLevel} {...(title === undefined ? {} : { children: title })} />
          {isLate ? <p className="crm-subtitle" role="status">{words.stale}</p> : isShown ? <RfmDistributionFinding /> : null}
        </div>
        <RfmDistributionExport onExport={onExport} />
        <div className="crm-rfm-controls">
          <RfmDistributionMeasureControl />
          <RfmDistributionActions onSave={onSave} />
        </div>
      </header>
      {answer && isShown ? <Banners error={error} onRetry={model.retry} selection={model.request.selection} onClear={onClearFilter} provenance={answer.provenance} /> : null}
      <RfmDistributionBody slots={slots} maps={maps} onClearFilter={onClearFilter} isMarkedStale={isLate || (status === 'stale' && error !== null)} />
      <AnswerSource answer={answer} result={isShown ? grid : null} />
    </RfmDistributionRoot>
  )
}

interface BodyProps {
  readonly maps: readonly SegmentMap[] | undefined
  readonly slots: RfmDistributionSlots
  readonly onClearFilter: (() => void) | undefined
  readonly isMarkedStale: boolean
}

function RfmDistributionBody({ slots, maps, onClearFilter, isMarkedStale }: BodyProps): ReactElement {
  const model = useRfmDistributionModel()
  const { words } = useRfmDistributionWords()
  const { status, panels } = model
  const slot = status === 'ready' || status === 'stale' ? undefined : slots[status]
  if (slot) return <div className="crm-rfm-body">{slot(model)}</div>
  if (status === 'loading') return <RfmDistributionSkeleton />
  if (status === 'ready' || status === 'stale') {
    return (
      <div className="crm-dist-body" data-stale={isMarkedStale || undefined}>
        <div className="crm-dist-panels">
          {panels.map((panel) => (
            <RfmDistributionHistogram key={panel.axis} panel={panel} />
          ))}
        </div>
        <div className="crm-dist-side">
          <RfmDistributionMapControl maps={maps} />
          <RfmDistributionSegments />
          <RfmDistributionFlows />
        </div>
      </div>
    )
  }
  return <NoPicture model={model} asked={model.request} words={words} onClearFilter={onClearFilter} />
}
