import type { ImportPlan, Steps } from '@crm/core/adapter'
import { createLocalTime, DAY_MS, type LocalTime } from '../values/localTime.ts'
import { createMomentReader, dayOfLocal, type MomentReader } from '../values/readMoment.ts'
import { NumberBlocks } from './blocks.ts'

/**
 * A growing column of moments. Days as long as no value has a time; with the first that has one, instants, and the days
 * before become the first instant of their day in the zone.
 */
export class MomentColumn {
  kind: 'date' | 'instant' = 'date'
  /** The last one pushed, in the unit of `kind`. */
  last = 0
  private first = Infinity
  private latest = -Infinity
  private readonly values = new NumberBlocks()
  private readonly keeps: number
  private readonly reader: MomentReader
  private readonly local: LocalTime
  private readonly onInstants: (instantOf: (day: number) => number) => void
  private text: string | null = null
  private isRead = false
  /** Text of `last`, as long as its unit holds. */
  private pushedText: string | null = null

  /**
   * @param keeps values kept
   * @param onInstants told when days turn into instants
   * @throws InvalidInputError `TIME_ZONE_UNKNOWN`
   */
  constructor(plan: Pick<ImportPlan, 'dates' | 'timeZone'>, keeps: number, onInstants: (instantOf: (day: number) => number) => void) {
    this.reader = createMomentReader(plan.dates)
    this.local = createLocalTime(plan.timeZone)
    this.keeps = keeps
    this.onInstants = onInstants
  }

  /** Whether the text is a moment; {@link push} then adds it. */
  read(text: string): boolean {
    if (text === this.text) return this.isRead // lines of one order stand together
    this.text = text
    return (this.isRead = this.reader.read(text))
  }

  push(): void {
    const { kind, ms } = this.reader
    if (kind !== 'date' && this.kind === 'date') this.turnIntoInstants()
    if (this.text !== this.pushedText) this.last = kind === 'instant' ? ms : this.kind === 'date' ? dayOfLocal(ms) : this.local.toInstant(ms)
    this.pushedText = this.text
    if (this.last < this.first) this.first = this.last
    if (this.last > this.latest) this.latest = this.last
    if (this.values.length < this.keeps) this.values.push(this.last)
  }

  get(index: number): number {
    return this.values.get(index)
  }

  range(): { readonly from: number | null; readonly to: number | null } {
    return this.latest === -Infinity ? { from: null, to: null } : { from: this.first, to: this.latest }
  }

  finish(): Steps<Float64Array> {
    return this.values.finish()
  }

  private turnIntoInstants(): void {
    const instantOf = (day: number): number => this.local.toInstant(day * DAY_MS)
    this.kind = 'instant'
    this.pushedText = null
    for (let i = 0; i < this.values.length; i++) this.values.set(i, instantOf(this.values.get(i)))
    if (this.latest !== -Infinity) [this.first, this.latest] = [instantOf(this.first), instantOf(this.latest)]
    this.onInstants(instantOf)
  }
}
