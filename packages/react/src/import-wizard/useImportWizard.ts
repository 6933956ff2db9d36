'use client'
import type { ImportDoubt, ImportDraft, ImportOpenOptions, ImportOptions, ImportPlan, ImportProgress, ImportResult, ImportRole, ImportSource, ImportTrial, TableImporter } from '@crm/core/adapter'
import { useCallback, useEffect, useMemo, useState } from 'react'
import type { SyntheticEvent } from 'react'
import type { ChangeDetails } from '../shared/changeDetails.ts'
import { useControlled } from '../shared/useControlled.ts'
import { fitPlan, isHeaderOnly, missingRoles, planFor, readingOf, rereadPlan, withRole } from './importPlan.ts'
import type { ImportReading, NeededRole } from './importPlan.ts'
import { useTask } from './useTask.ts'

export type ImportStep = 'choose' | 'map' | 'check' | 'import'
export const IMPORT_STEPS: readonly ImportStep[] = ['choose', 'map', 'check', 'import']

/**
 * `next`, `back`, `list`: a person went there. `file`: a file was read. `restart`: another file is wanted.
 * `unreachable`: the step asked for is not there yet, as after a reload; replace the address then instead of adding to it.
 */
export type ImportStepReason = 'next' | 'back' | 'list' | 'file' | 'restart' | 'unreachable'
/** `file`: suggested for a file, or fitted to it. `role`, `attribute`, `option`: a person chose. */
export type ImportPlanReason = 'file' | 'role' | 'attribute' | 'option'

export interface ImportedDetails {
  /** Save it: the next file of the same kind then needs no questions. */
  readonly plan: ImportPlan
  /** Of the file. */
  readonly name: string
}

export interface UseImportWizardOptions {
  /** Reads files: `createCsvImporter()` of `@crm/adapter-csv`, or one of your own. */
  readonly importer: TableImporter
  /** The data are there: `createClient(result.adapter)`. */
  readonly onImported: (result: ImportResult, details: ImportedDetails) => void
  /** Shows the button that leaves. */
  readonly onCancel?: ((details: ChangeDetails<'cancel'>) => void) | undefined
  /** Controlled by `step`, else starts at `defaultStep`, `choose`. A step that cannot be reached yet shows the furthest that can. */
  readonly step?: ImportStep | undefined
  readonly defaultStep?: ImportStep | undefined
  readonly onStepChange?: ((step: ImportStep, details: ChangeDetails<ImportStepReason>) => void) | undefined
  /** Plain JSON. Controlled by `plan`; `null` until there is one. */
  readonly plan?: ImportPlan | null | undefined
  /** A saved plan. A file that it fits goes straight to the check. */
  readonly defaultPlan?: ImportPlan | null | undefined
  readonly onPlanChange?: ((plan: ImportPlan, details: ChangeDetails<ImportPlanReason>) => void) | undefined
  /** A file to begin with, such as one dropped elsewhere on the page. */
  readonly defaultSource?: ImportSource | undefined
}

export interface ImportFailure {
  readonly during: 'open' | 'check' | 'import'
  readonly error: Error
}

/** State of one import and everything a person can do about it. */
export interface ImportWizardModel {
  readonly importer: TableImporter
  readonly step: ImportStep
  /** The furthest step that can be gone to now. */
  readonly reachable: ImportStep
  readonly goTo: (step: ImportStep, reason: ImportStepReason, event?: SyntheticEvent) => void
  /** One step on; false when something is missing, which is then marked. */
  readonly next: (event?: SyntheticEvent) => boolean
  readonly back: (event?: SyntheticEvent) => void
  readonly cancel: ((event?: SyntheticEvent) => void) | null
  /** Empties the first step and goes there. The plan stays, for a file of the same kind. */
  readonly restart: (event?: SyntheticEvent) => void

  readonly choose: (source: ImportSource) => void
  readonly source: ImportSource | null
  /** Name of the file; null for pasted text and before a choice. */
  readonly fileName: string | null
  /** What was pasted. */
  readonly text: string
  readonly setText: (text: string) => void
  /** What the beginning of the file says; null until it is read. */
  readonly draft: ImportDraft | null
  /** The file has a header and nothing else, and waits for another choice. */
  readonly isHeaderOnly: boolean

  /** As it is chosen now; null before a file is read. */
  readonly plan: ImportPlan | null
  readonly setPlan: (plan: ImportPlan, reason: ImportPlanReason, event?: SyntheticEvent) => void
  readonly setRole: (role: ImportRole, column: number | null, event?: SyntheticEvent) => void
  /** Reads the beginning of the file anew. */
  readonly setReading: (reading: Partial<ImportReading>) => void
  /** Settings that the file leaves open and nobody has settled yet. */
  readonly doubts: readonly ImportDoubt[]
  readonly missing: readonly NeededRole[]
  /** Somebody wanted to go on although something is missing. */
  readonly isMissingShown: boolean
  /** `fits`: a saved plan is in use. `misfit`: there was one, for other columns. */
  readonly saved: 'none' | 'fits' | 'misfit'

  readonly trial: ImportTrial | null
  readonly result: ImportResult | null
  /** What is being done. */
  readonly task: 'open' | 'check' | 'import' | null
  readonly progress: ImportProgress | null
  /** Ends what is being done; nothing of it is kept. */
  readonly stop: () => void
  /** Was ended by `stop` and can be started again. */
  readonly stopped: 'check' | 'import' | null
  readonly failure: ImportFailure | null
  /** Does again what failed or was stopped. */
  readonly retry: () => void
}

interface Opening {
  readonly source: ImportSource
  /** Only the cut into columns is asked anew. */
  readonly reading: ImportReading | null
  readonly candidates: readonly ImportPlan[]
}

interface Opened {
  readonly draft: ImportDraft
  readonly fitted: ImportPlan | null
}

interface Facts {
  readonly source: ImportSource | null
  readonly opening: Opening | null
  readonly draft: ImportDraft | null
  readonly settled: readonly ImportDoubt[]
  readonly isMissingShown: boolean
  readonly saved: ImportWizardModel['saved']
  /** What holds for one plan only carries its key. */
  readonly trial: { readonly key: string; readonly value: ImportTrial } | null
  readonly running: { readonly key: string } | null
  readonly result: { readonly key: string; readonly value: ImportResult } | null
  readonly stopped: { readonly key: string; readonly during: 'check' | 'import' } | null
  readonly failure: (ImportFailure & { readonly key: string | null }) | null
}

const NOTHING: Facts = { source: null, opening: null, draft: null, settled: [], isMissingShown: false, saved: 'none', trial: null, running: null, result: null, stopped: null, failure: null }

const DOUBT_OF: Readonly<Record<string, ImportDoubt>> = { dates: 'dates', decimal: 'decimal', currency: 'currency', timeZone: 'timeZone', encoding: 'encoding', header: 'header' }

/**
 * The way of a file onto the page, without markup: choose, map, check, import; what is reachable, what runs, what failed.
 *
 * One thing runs at a time. Leaving its step, or the page, aborts it; what was entered stays.
 */
export function useImportWizard(options: UseImportWizardOptions): ImportWizardModel {
  const { importer, onImported, onCancel, onStepChange, onPlanChange, defaultPlan = null, defaultSource } = options
  const [requested, setOwnStep] = useControlled(options.step, options.defaultStep ?? 'choose')
  const [givenPlan, setOwnPlan] = useControlled(options.plan, null)
  const [text, setText] = useState('')
  const [facts, setFacts] = useState<Facts>(() =>
    defaultSource === undefined ? NOTHING : { ...NOTHING, source: defaultSource, opening: openingOf(defaultSource, [options.plan, defaultPlan]) },
  )
  const patch = useCallback((change: Partial<Facts>) => setFacts((before) => ({ ...before, ...change })), [])
  const { source, opening, draft } = facts

  // By content: a host that reads its plan from the address makes a new object with each render.
  const key = useMemo(() => {
    const known = givenPlan ?? draft?.plan
    return known === undefined ? null : JSON.stringify(known)
  }, [givenPlan, draft])
  const plan = useMemo(() => (key === null ? null : (JSON.parse(key) as ImportPlan)), [key])

  const missing = useMemo(() => (plan === null ? [] : missingRoles(plan)), [plan])
  const trial = facts.trial !== null && facts.trial.key === key ? facts.trial.value : null
  const result = facts.result !== null && facts.result.key === key ? facts.result.value : null
  const stopped = facts.stopped !== null && facts.stopped.key === key ? facts.stopped.during : null
  const failure = facts.failure !== null && (facts.failure.key === null || facts.failure.key === key) ? facts.failure : null

  const isBare = draft !== null && isHeaderOnly(draft)
  const reach = draft === null || isBare ? 0 : missing.length > 0 ? 1 : trial === null || trial.report.accepted === 0 ? 2 : 3
  const wanted = IMPORT_STEPS.indexOf(requested)
  const step = IMPORT_STEPS[Math.min(wanted, reach)]!

  const goTo = useCallback(
    (next: ImportStep, reason: ImportStepReason, event: SyntheticEvent | null = null) => {
      setOwnStep(next)
      onStepChange?.(next, { reason, event })
    },
    [setOwnStep, onStepChange],
  )
  const setPlan = (chosen: ImportPlan, reason: ImportPlanReason, event: SyntheticEvent | null = null): void => {
    const next = draft === null ? chosen : planFor(draft, chosen)
    setOwnPlan(next)
    const changed = Object.keys(DOUBT_OF).filter((name) => plan !== null && next[name as keyof ImportPlan] !== plan[name as keyof ImportPlan])
    if (reason === 'option' && changed.length > 0) patch({ settled: [...facts.settled, ...changed.map((name) => DOUBT_OF[name]!)] })
    onPlanChange?.(next, { reason, event })
  }

  const isOpening = opening !== null
  useEffect(() => {
    if (!isOpening && wanted > reach) goTo(IMPORT_STEPS[reach]!, 'unreachable')
  }, [isOpening, wanted, reach, goTo])

  // Leaving the import forgets that it was to run: coming back asks again.
  const isImporting = step === 'import'
  useEffect(() => (isImporting ? () => patch({ running: null }) : undefined), [isImporting, patch])

  const openProgress = useTask<Opening, Opened>(
    opening,
    (job, work) => openFile(importer, job, work),
    (job, outcome) => {
      if ('error' in outcome) return patch({ opening: null, failure: { during: 'open', error: outcome.error, key: null } })
      const { draft: next, fitted } = outcome.value
      const reading = job.reading !== null && draft !== null && plan !== null
      const read = reading ? rereadPlan(plan, draft, next) : planFor(next, fitted ?? next.plan)
      const isComplete = missingRoles(read).length === 0
      patch({
        opening: null,
        draft: next,
        failure: null,
        ...(reading ? {} : { settled: fitted === null ? [] : next.doubts, isMissingShown: false, saved: fitted !== null ? 'fits' : job.candidates.length > 0 ? 'misfit' : 'none' }),
      })
      setOwnPlan(read)
      onPlanChange?.(read, { reason: 'file', event: null })
      if ((!reading || isBare) && !isHeaderOnly(next) && requested === 'choose') goTo(fitted !== null && isComplete ? 'check' : 'map', 'file')
    },
  )

  const failedHere = failure?.during ?? null
  const checkJob = useMemo(
    () => (step === 'check' && !isOpening && source !== null && plan !== null && key !== null && trial === null && stopped !== 'check' && failedHere !== 'check' ? { source, plan, key } : null),
    [step, isOpening, source, plan, key, trial, stopped, failedHere],
  )
  const checkProgress = useTask(
    checkJob,
    (job, work) => importer.dryRun(job.source, job.plan, work),
    (job, outcome) => patch('error' in outcome ? { failure: { during: 'check', error: outcome.error, key: job.key } } : { trial: { key: job.key, value: outcome.value } }),
  )

  const isToRun = facts.running !== null && facts.running.key === key
  const importJob = useMemo(
    () => (isImporting && isToRun && source !== null && plan !== null && key !== null ? { source, plan, key } : null),
    [isImporting, isToRun, source, plan, key],
  )
  const importProgress = useTask(
    importJob,
    (job, work) => importer.run(job.source, job.plan, work),
    (job, outcome) => {
      if ('error' in outcome) return patch({ running: null, failure: { during: 'import', error: outcome.error, key: job.key } })
      patch({ running: null, result: { key: job.key, value: outcome.value } })
      onImported(outcome.value, { plan: job.plan, name: nameOf(job.source) ?? draft?.name ?? '' })
    },
  )

  const task = isOpening ? 'open' : checkJob !== null ? 'check' : importJob !== null ? 'import' : null
  const startRun = (): void => {
    if (key !== null) patch({ running: { key }, stopped: null, failure: null, result: null })
  }
  return {
    importer,
    step,
    reachable: IMPORT_STEPS[reach]!,
    goTo,
    next: (event) => {
      if (step === 'map' && missing.length > 0) {
        patch({ isMissingShown: true })
        return false
      }
      if (step === 'import' || IMPORT_STEPS.indexOf(step) >= reach) return false
      if (step === 'check') startRun()
      goTo(IMPORT_STEPS[IMPORT_STEPS.indexOf(step) + 1]!, 'next', event)
      return true
    },
    back: (event) => {
      const before = IMPORT_STEPS[IMPORT_STEPS.indexOf(step) - 1]
      if (before !== undefined) goTo(before, 'back', event)
    },
    cancel: onCancel === undefined ? null : (event) => onCancel({ reason: 'cancel', event: event ?? null }),
    restart: (event) => {
      setFacts(NOTHING)
      setText('')
      goTo('choose', 'restart', event)
    },
    choose: (next) => {
      // A plan in use is the first to be tried: whoever mends a file and brings it again has answered all questions.
      setFacts({ ...NOTHING, source: next, opening: openingOf(next, [givenPlan, defaultPlan]) })
    },
    source,
    fileName: nameOf(source),
    text,
    setText,
    draft,
    isHeaderOnly: isBare,
    plan: plan !== null && opening?.reading ? { ...plan, ...opening.reading } : plan,
    setPlan,
    setRole: (role, column, event) => {
      if (plan !== null) setPlan(withRole(plan, role, column), 'role', event)
    },
    setReading: (reading) => {
      if (source === null || plan === null) return
      const settled = (Object.keys(reading) as (keyof ImportReading)[]).flatMap((name) => DOUBT_OF[name] ?? [])
      patch({ opening: { source, reading: { ...readingOf(plan), ...reading }, candidates: [] }, settled: [...facts.settled, ...settled], failure: null })
    },
    doubts: draft === null ? [] : draft.doubts.filter((doubt) => !facts.settled.includes(doubt)),
    missing,
    isMissingShown: facts.isMissingShown && missing.length > 0,
    saved: facts.saved,
    trial,
    result,
    task,
    progress: task === 'open' ? openProgress : task === 'check' ? checkProgress : task === 'import' ? importProgress : null,
    stop: () => {
      if (task === 'open') patch(draft === null ? { opening: null, source: null } : { opening: null })
      else if (task !== null && key !== null) patch({ stopped: { key, during: task }, running: null })
    },
    stopped,
    failure,
    retry: () => {
      if (failure?.during === 'open') {
        if (source !== null) patch({ failure: null, opening: openingOf(source, [givenPlan, defaultPlan]) })
      } else if (step === 'import') startRun()
      else patch({ failure: null, stopped: null })
    },
  }
}

function openingOf(source: ImportSource, plans: readonly (ImportPlan | null | undefined)[]): Opening {
  return { source, reading: null, candidates: plans.filter((plan) => plan !== null && plan !== undefined) }
}

function nameOf(source: ImportSource | null): string | null {
  return source === null || typeof source === 'string' || source.name === undefined || source.name === '' ? null : source.name
}

async function openFile(importer: TableImporter, { source, reading, candidates }: Opening, work: Required<ImportOptions>): Promise<Opened> {
  if (reading !== null) return { draft: await importer.open(source, { ...work, reading }), fitted: null }
  for (const saved of candidates) {
    const draft = await tryOpen(importer, source, { ...work, reading: readingOf(saved) })
    const fitted = draft === null ? null : fitPlan(saved, draft.columns)
    if (draft !== null && fitted !== null) return { draft, fitted }
  }
  return { draft: await importer.open(source, work), fitted: null }
}

/** A file that cannot be read as a saved plan says is of another kind, which is no error: it is then read as it is. */
async function tryOpen(importer: TableImporter, source: ImportSource, options: ImportOpenOptions): Promise<ImportDraft | null> {
  try {
    return await importer.open(source, options)
  } catch (error) {
    if (options.signal?.aborted === true) throw error
    return null
  }
}
