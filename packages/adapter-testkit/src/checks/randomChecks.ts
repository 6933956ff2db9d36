import { CheckFailure, requestJson } from '../failure.ts'
import { createRandom } from '../random.ts'
import { generateRequest } from '../requests/generate.ts'
import { shrinkRequest } from '../requests/shrink.ts'
import { compareTables, NotOffered } from '../subject.ts'
import type { Request, RequestKind, Subject } from '../subject.ts'
import type { KitVariant } from '../testkit.types.ts'
import { checksOf } from './define.ts'
import type { CheckDefinition } from './define.ts'

const { list, check } = checksOf('random')
export const randomChecks: readonly CheckDefinition[] = list

const KINDS: readonly RequestKind[] = ['scan', 'totals', 'bins', 'members', 'pairs']
/** `main` most often: it holds most traps. */
const VARIANTS: readonly KitVariant[] = ['main', 'main', 'main', 'days', 'lines', 'large']
const WITH_PRODUCTS: readonly KitVariant[] = ['main', 'main', 'days']

KINDS.forEach((kind, k) => {
  check(`${kind} requests equal the memory adapter`, async (kit) => {
    const share = Math.ceil(kit.requests / KINDS.length)
    for (let i = 0; i < share; i++) {
      // A seed for each: a failure is replayed without the requests before it.
      const random = createRandom((kit.seed + (k * share + i) * 0x9e3779b9) >>> 0)
      const variant = random.pick(kind === 'pairs' ? WITH_PRODUCTS : VARIANTS)
      const [subject, memory] = [await kit.subject(variant), await kit.memory(variant)]
      const request = generateRequest(random, subject.data, kind)
      const failure = await difference(subject, memory, request)
      if (failure === null) continue
      const smallest = await shrinkRequest(request, async (smaller) => (await difference(subject, memory, smaller)) !== null)
      const { asked, found, rule } = (await difference(subject, memory, smallest)) ?? failure
      throw new CheckFailure(`seed ${kit.seed}, request ${i} over "${variant}", made smaller: ${asked}`, `${found} (before it was made smaller: ${requestJson(request)})`, rule)
    }
  })
})

/** How the adapter's answer differs from that of the memory adapter, and that one from the row-wise count. */
async function difference(subject: Subject, memory: Subject, request: Request): Promise<CheckFailure | null> {
  try {
    const expected = await answerOf(memory, request)
    compareTables(request, subject.expected(request), expected, 'order')
    compareTables(request, expected, await answerOf(subject, request), 'order')
    return null
  } catch (error) {
    if (error instanceof CheckFailure) return error
    if (error instanceof NotOffered) throw error
    return new CheckFailure(request, `Expected an answer, got ${String(error)}`, 'streams')
  }
}

/** All pages, or the one answer of a request without a limit. */
function answerOf(subject: Subject, request: Request): ReturnType<Subject['ask']> {
  const limit = 'limit' in request ? request.limit : undefined
  if (limit === undefined) return subject.ask(request)
  // Pages of one row over the whole set prove no more than pages of seven.
  return subject.askPages(request, Math.max(limit, 7))
}
