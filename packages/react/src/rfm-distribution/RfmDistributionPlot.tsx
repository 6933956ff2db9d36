'use client'
import { Fragment, useId } from 'react'
import type { ReactElement } from 'react'
import { useCrmSettings } from '../provider/context.ts'
import { GRIP_ROW, RfmDistributionCut } from './RfmDistributionCut.tsx'
import type { RfmDistributionCutProps } from './RfmDistributionCut.tsx'
import { useRfmDistributionModel } from './RfmDistributionContext.ts'
import type { RfmDistributionPanel } from './rfmDistributionModel.ts'
import { useRfmDistributionWords } from './useRfmDistributionWords.ts'

export interface RfmDistributionPlotProps {
  readonly panel: RfmDistributionPanel
  /** A cut point of your own instead of {@link RfmDistributionCut}. */
  readonly renderCut?: (props: RfmDistributionCutProps) => ReactElement
}

/** Share of the width that a score needs to be written above its bars: on a narrow page, and on a wide one. */
const ROOM = { narrow: 0.14, wide: 0.07 }

const percent = (share: number): string => `${(share * 100).toFixed(4).replace(/\.?0+$/, '')}%`

/**
 * One histogram: a list of bars with one tab stop, and a slider for each cut point.
 *
 * All places are percentages of an element that CSS sizes, as in `RfmGridPlot`: nothing is measured, text keeps its
 * size, and the server draws the same picture.
 */
export function RfmDistributionPlot({ panel, renderCut = (props) => <RfmDistributionCut {...props} /> }: RfmDistributionPlotProps): ReactElement {
  const model = useRfmDistributionModel()
  const { direction } = useCrmSettings()
  const { words } = useRfmDistributionWords()
  const helpId = useId()
  const isMirrored = direction === 'rtl'
  const x = (share: number): string => percent(isMirrored ? 1 - share : share)
  const box = (start: number, end: number): { x: string; width: string } => ({ x: x(isMirrored ? end : start), width: percent(end - start) })
  const y = (share: number): string => percent(1 - share)
  const open = panel.bars.at(-1)
  const closedEnd = panel.bars.at(-2)?.end ?? 0
  return (
    <>
      <svg className="crm-dist-plot" role="group" aria-label={panel.label} data-levels={panel.levels} data-picture="" {...model.getPlotProps(panel)}>
        {panel.yTicks.map((tick) => (
          <Fragment key={tick.position}>
            <line className="crm-dist-grid" x1="0" x2="100%" y1={y(tick.position)} y2={y(tick.position)} />
            <text className="crm-dist-tick" x={isMirrored ? '100%' : '0%'} dx={isMirrored ? 8 : -8} y={y(tick.position)} dy="0.32em" textAnchor="end">{tick.text}</text>
          </Fragment>
        ))}
        <g {...model.getBarsProps(panel)}>
          {panel.bars.map((bar) => (
            <g key={bar.index} className="crm-dist-bar" {...model.getBarProps(panel, bar)}>
              <rect className="crm-dist-room" {...box(bar.start, bar.end)} y="0" height="100%" />
              {bar.to > bar.from ? (
                <>
                  {bar.pieces.map((piece) => (
                    <rect key={piece.start} className="crm-dist-piece" data-step={piece.step} {...box(piece.start, piece.end)} y={y(bar.to)} height={percent(bar.to - bar.from)} />
                  ))}
                  <rect className="crm-dist-cap" {...box(bar.start, bar.end)} y={y(bar.to === panel.zero ? bar.from : bar.to)} height="2" />
                </>
              ) : null}
            </g>
          ))}
        </g>
        <line className="crm-dist-base" x1={x(0)} x2={x(closedEnd)} y1={y(panel.zero)} y2={y(panel.zero)} />
        {open ? <line className="crm-dist-base" data-open="true" x1={x(open.start)} x2={x(open.end)} y1={y(panel.zero)} y2={y(panel.zero)} /> : null}
        {panel.xTicks.map((tick) => (
          <text key={tick.position} className="crm-dist-tick" x={x(tick.position)} y="100%" dy="16" textAnchor="middle">{tick.text}</text>
        ))}
        <text className="crm-dist-tick" x={x(1)} y="100%" dy="16" textAnchor="end">{panel.openText}</text>
        {/* The list under the picture says the same, with the figures. */}
        <g aria-hidden="true">
          {panel.bands.map((band) => {
            const width = band.end - band.start
            return width < ROOM.wide ? null : (
              <text key={band.score} className="crm-dist-band" data-room={width < ROOM.narrow ? 'wide' : undefined} x={x((band.start + band.end) / 2)} y="-9" textAnchor="middle">
                {band.scoreText}
              </text>
            )
          })}
        </g>
        {/* All lines before all grips: the line of a grip in an upper row runs behind those below it. */}
        {panel.cuts.map((cut) => (
          <line
            key={cut.index}
            className="crm-dist-line"
            data-active={(model.pointed?.kind === 'cut' && model.pointed.axis === cut.axis && model.pointed.index === cut.index) || undefined}
            x1={x(cut.position)}
            x2={x(cut.position)}
            y1={-GRIP_ROW * (cut.level + 1) + 20}
            y2="100%"
          />
        ))}
        {panel.cuts.map((cut) => (
          <Fragment key={cut.index}>{renderCut({ cut, x: x(cut.position), 'aria-describedby': helpId })}</Fragment>
        ))}
      </svg>
      <p id={helpId} hidden>{words.help}</p>
    </>
  )
}
