'use client'
import { Fragment } from 'react'
import type { ReactElement } from 'react'
import { RfmDistributionField } from './RfmDistributionField.tsx'
import type { RfmDistributionPanel } from './rfmDistributionModel.ts'
import { useRfmDistributionWords } from './useRfmDistributionWords.ts'

export interface RfmDistributionRuleProps {
  readonly panel: RfmDistributionPanel
}

/** The rule as a row: score, cut point, score … with the customers of each score and a field for each exact value. */
export function RfmDistributionRule({ panel }: RfmDistributionRuleProps): ReactElement {
  const { words, text } = useRfmDistributionWords()
  return (
    <ol className="crm-dist-rule" aria-label={text(words.bandsLabel, { axis: panel.title })}>
      {panel.bands.map((band, index) => {
        const cut = panel.cuts[index]
        return (
          <Fragment key={band.score}>
            <li className="crm-dist-score">
              <span className="crm-dist-swatch" data-step={band.step} />
              <strong>{band.scoreText}</strong>{' '}
              <span className="crm-dist-count crm-muted" aria-hidden="true">{band.drawn}</span>{' '}
              <span className="crm-visually-hidden">{band.rest}</span>
            </li>
            {cut ? (
              <li>
                <RfmDistributionField panel={panel} cut={cut} />
              </li>
            ) : null}
          </Fragment>
        )
      })}
    </ol>
  )
}
