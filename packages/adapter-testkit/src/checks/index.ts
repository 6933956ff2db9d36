import { binChecks, memberChecks } from './binChecks.ts'
import { abortChecks, deadlineChecks, lastChecks, lifecycleChecks, streamChecks } from './callChecks.ts'
import type { CheckDefinition } from './define.ts'
import { filterChecks } from './filterChecks.ts'
import { manifestChecks, schemaChecks } from './manifestChecks.ts'
import { pairChecks } from './pairChecks.ts'
import { cursorChecks, orderChecks, pagingChecks } from './orderChecks.ts'
import { randomChecks } from './randomChecks.ts'
import { errorChecks, injectionChecks } from './safetyChecks.ts'
import { totalsChecks } from './totalsChecks.ts'
import { textChecks, typeChecks } from './valueChecks.ts'

/** Every check, in the order in which they run; the last one closes. */
export const ALL_CHECKS: readonly CheckDefinition[] = [
  ...manifestChecks,
  ...schemaChecks,
  ...typeChecks,
  ...textChecks,
  ...orderChecks,
  ...pagingChecks,
  ...cursorChecks,
  ...filterChecks,
  ...totalsChecks,
  ...binChecks,
  ...memberChecks,
  ...pairChecks,
  ...streamChecks,
  ...abortChecks,
  ...deadlineChecks,
  ...injectionChecks,
  ...errorChecks,
  ...randomChecks,
  ...lifecycleChecks,
  ...lastChecks,
]
