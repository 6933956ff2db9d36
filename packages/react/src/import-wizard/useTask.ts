'use client'
import type { ImportOptions, ImportProgress } from '@crm/core/adapter'
import { useEffect, useRef, useState } from 'react'
import { useSafeLayoutEffect } from '../shared/useSafeLayoutEffect.ts'

export type TaskOutcome<Value> = { readonly value: Value } | { readonly error: Error }

/** An importer may report every few thousand rows; a page is drawn ten times a second. */
const REPORT_EVERY_MS = 100

/**
 * Does one job at a time. Another job, none, or leaving the page aborts the one before, and nothing is heard of it again.
 *
 * @param job identity decides: keep it stable between renders
 * @returns how far the job is; null before the first report
 */
export function useTask<Job extends object, Value>(
  job: Job | null,
  work: (job: Job, options: Required<ImportOptions>) => Promise<Value>,
  onSettled: (job: Job, outcome: TaskOutcome<Value>) => void,
): ImportProgress | null {
  const [seen, setSeen] = useState<{ readonly job: Job; readonly progress: ImportProgress } | null>(null)
  const latest = useRef({ work, onSettled })
  useSafeLayoutEffect(() => {
    latest.current = { work, onSettled }
  })
  useEffect(() => {
    if (job === null) return
    const controller = new AbortController()
    const { signal } = controller
    let reportedAt = -REPORT_EVERY_MS
    const onProgress = (progress: ImportProgress): void => {
      const now = performance.now()
      if (signal.aborted || now - reportedAt < REPORT_EVERY_MS) return
      reportedAt = now
      setSeen({ job, progress })
    }
    const settle = (outcome: TaskOutcome<Value>): void => {
      if (!signal.aborted) latest.current.onSettled(job, outcome)
    }
    const attempt = async (): Promise<Value> => latest.current.work(job, { signal, onProgress })
    attempt().then(
      (value) => settle({ value }),
      (reason: unknown) => settle({ error: reason instanceof Error ? reason : new Error(String(reason)) }),
    )
    return () => controller.abort()
  }, [job])
  return seen !== null && seen.job === job ? seen.progress : null
}
