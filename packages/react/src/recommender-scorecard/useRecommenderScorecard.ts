'use client'
import type { Answer } from '@crm/core/adapter'
import { backTestOperation } from '@crm/core/recommend/operations'
import type { BackTestRequest, BackTestResult, RecommendStrategy } from '@crm/core/recommend'
import { useMemo } from 'react'
import type { SyntheticEvent } from 'react'
import { useDataZone } from '../hooks/useDataZone.ts'
import { useOperation } from '../hooks/useOperation.ts'
import type { OperationState } from '../hooks/useOperation.ts'
import type { ChangeDetails } from '../shared/changeDetails.ts'
import { useCommonWords } from '../shared/useCommonWords.ts'
import { useAsked } from '../shared/useAsked.ts'
import { useControlled } from '../shared/useControlled.ts'
import { widgetStatus } from '../shared/widgetState.ts'
import type { WidgetStatus } from '../shared/widgetState.ts'
import type { ScorecardMetric } from './scorecardFigures.ts'
import { scorecardRows } from './scorecardRows.ts'
import type { ScorecardRow } from './scorecardRows.ts'
import { scorecardScale } from './scorecardScale.ts'
import type { ScorecardScale } from './scorecardScale.ts'
import { useRecommenderScorecardWords } from './useRecommenderScorecardWords.ts'

/** What is shown: dots with their intervals, the table of all figures, or both. */
export type ScorecardView = 'picture' | 'table' | 'both'

/** A strategy was taken over by its button. */
export type ScorecardChoice = ChangeDetails<'press' | 'code'> & {
  /** As the strategy is called in the request or by default. */
  readonly name: string
}

export interface UseRecommenderScorecardOptions {
  /** What to test, on which days, with which strategies. */
  readonly request: BackTestRequest
  /** What the picture shows. Controlled by `metric`, else starts at `defaultMetric`, `ndcg`. */
  readonly metric?: ScorecardMetric | undefined
  readonly defaultMetric?: ScorecardMetric | undefined
  readonly onMetricChange?: ((metric: ScorecardMetric) => void) | undefined
  /** Controlled by `view`, else starts at `defaultView`, `both`. */
  readonly view?: ScorecardView | undefined
  readonly defaultView?: ScorecardView | undefined
  readonly onViewChange?: ((view: ScorecardView) => void) | undefined
  /** The strategy in use. Controlled by `strategy`, else starts at `defaultStrategy`, none. */
  readonly strategy?: RecommendStrategy | null | undefined
  readonly defaultStrategy?: RecommendStrategy | null | undefined
  /** A strategy is to be used from now on. Without it no button is drawn. */
  readonly onChoose?: ((strategy: RecommendStrategy, choice: ScorecardChoice) => void) | undefined
  /** False asks nothing yet: a back-test takes seconds. Default true. */
  readonly enabled?: boolean | undefined
  /** Shown, marked stale, until the first answer comes. */
  readonly placeholder?: Answer<BackTestResult> | undefined
}

/** State of one scorecard, its rows and axes. */
export interface RecommenderScorecardModel {
  readonly status: WidgetStatus
  readonly request: BackTestRequest
  /** Days tested, and the end of the last; of the earlier test while that is shown. Epoch milliseconds. */
  readonly testDays: number
  readonly asOf: number
  readonly answer: Answer<BackTestResult> | undefined
  readonly result: BackTestResult | null
  /** In which the days of the test are written: that of the data. */
  readonly timeZone: string | undefined
  readonly error: Error | null
  readonly isFetching: boolean
  /** How far the test is while it runs. */
  readonly progress: OperationState<BackTestResult>['progress']
  readonly retry: () => void
  readonly metric: ScorecardMetric
  readonly setMetric: (metric: ScorecardMetric) => void
  /** False where the host holds `metric` and listens to no change: a control would do nothing. */
  readonly canSetMetric: boolean
  readonly view: ScorecardView
  readonly setView: (view: ScorecardView) => void
  readonly canSetView: boolean
  /** The best first. */
  readonly rows: readonly ScorecardRow[]
  /** Popularity, which all others are set against; null where it was not tested. */
  readonly reference: ScorecardRow | null
  /** What the verdict says to use. */
  readonly chosen: ScorecardRow | null
  /** Axis of the metric, and of the gain. */
  readonly scale: ScorecardScale
  readonly gainScale: ScorecardScale
  readonly canChoose: boolean
  readonly choose: (row: ScorecardRow, event?: SyntheticEvent) => void
}

/** That of `BackTestRequest`. */
const DEFAULT_TEST_DAYS = 90

/** Steps on an axis: as many as have room for their labels where the picture is narrowest. */
const TICKS = 4

/**
 * The back-test without markup: rows with their figures in words, axes, the verdict's strategy, the one in use.
 *
 * @example
 * const { result, rows } = useRecommenderScorecard({ request: { preferences: { from: 'transactions', asOf } } })
 * result?.verdict // 'signal'
 */
export function useRecommenderScorecard(options: UseRecommenderScorecardOptions): RecommenderScorecardModel {
  const { request, onMetricChange, onViewChange, onChoose, enabled, placeholder } = options
  const tools = useRecommenderScorecardWords()
  const timeZone = useDataZone(enabled)
  const { listSeparator } = useCommonWords().words
  const state = useOperation(backTestOperation, request, {
    ...(enabled === undefined ? {} : { enabled }),
    ...(placeholder === undefined ? {} : { placeholder }),
  })
  const [metric, setOwnMetric] = useControlled(options.metric, options.defaultMetric ?? 'ndcg')
  const [view, setOwnView] = useControlled(options.view, options.defaultView ?? 'both')
  const [inUse, setInUse] = useControlled(options.strategy, options.defaultStrategy ?? null)

  const status = widgetStatus(state, ({ rows, customers }) => (rows.length === 0 || customers === 0 ? 'empty' : null))
  const result = state.answer && status !== 'forbidden' ? state.answer.data : null
  const rows = useMemo(() => (result === null ? [] : scorecardRows(tools, result, metric, inUse, listSeparator)), [result, tools, metric, inUse, listSeparator])
  const scale = useMemo(() => scorecardScale(rows.map(({ row }) => row.figures[metric]), TICKS), [rows, metric])
  const gainScale = useMemo(() => scorecardScale(rows.flatMap(({ row }) => row.gain ?? []), TICKS), [rows])

  return {
    status,
    request,
    testDays: useAsked(state.isStale, request.testDays ?? DEFAULT_TEST_DAYS),
    asOf: useAsked(state.isStale, request.preferences.asOf),
    answer: state.answer,
    result,
    timeZone,
    error: state.error,
    isFetching: state.isFetching,
    progress: state.progress,
    retry: state.retry,
    metric,
    setMetric: (next) => {
      setOwnMetric(next)
      onMetricChange?.(next)
    },
    canSetMetric: options.metric === undefined || onMetricChange !== undefined,
    view,
    setView: (next) => {
      setOwnView(next)
      onViewChange?.(next)
    },
    canSetView: options.view === undefined || onViewChange !== undefined,
    rows,
    reference: rows.find(({ isReference }) => isReference) ?? null,
    chosen: rows.find(({ isChosen }) => isChosen) ?? null,
    scale,
    gainScale,
    canChoose: onChoose !== undefined,
    choose: ({ row }, event) => {
      setInUse(row.strategy)
      onChoose?.(row.strategy, { name: row.name, reason: event ? 'press' : 'code', event: event ?? null })
    },
  }
}
