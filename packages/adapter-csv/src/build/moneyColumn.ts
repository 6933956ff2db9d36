import type { Steps } from '@crm/core/adapter'
import { NumberBlocks } from './blocks.ts'

const MAX = Number.MAX_SAFE_INTEGER

/**
 * A growing column of amounts in units of 10^-scale. The scale rises with the first amount that has more decimals, and
 * what is there is multiplied by a power of ten; nothing is ever rounded. Keeps exact sums.
 */
export class MoneyColumn {
  scale = 0
  private readonly values = new NumberBlocks()
  private readonly keeps: number
  private largest = 0
  private net = 0n
  private gross = 0n
  /** Parts of the sums that are exact as doubles. */
  private netPart = 0
  private grossPart = 0

  /** @param keeps values kept; further ones only enter the sums */
  constructor(keeps: number) {
    this.keeps = keeps
  }

  /** Whether all amounts stay within 2^53 - 1 units when `digits / 10^decimals` joins them. */
  fits(digits: number, decimals: number): boolean {
    const scale = Math.max(this.scale, decimals)
    return Math.abs(digits) * 10 ** (scale - decimals) <= MAX && this.largest * 10 ** (scale - this.scale) <= MAX
  }

  /** Adds an amount that {@link fits}. True when the scale rose. */
  push(digits: number, decimals: number): boolean {
    const rises = decimals > this.scale
    if (rises) this.raise(decimals)
    const units = digits * 10 ** (this.scale - decimals) + 0
    if (this.values.length < this.keeps) this.values.push(units)
    const size = Math.abs(units)
    if (size > this.largest) this.largest = size
    if (size > MAX / 2) {
      this.net += BigInt(units)
      if (units > 0) this.gross += BigInt(units)
      return rises
    }
    this.netPart += units
    if (units > 0) this.grossPart += units
    if (this.grossPart > MAX / 2 || Math.abs(this.netPart) > MAX / 2) this.carry()
    return rises
  }

  get(index: number): number {
    return this.values.get(index)
  }

  /** A NULL: its place holds 0 and adds to no sum. */
  pushNone(): void {
    if (this.values.length < this.keeps) this.values.push(0)
  }

  /** Nearest number; exact up to 2^53. */
  sums(): { readonly net: number; readonly gross: number } {
    this.carry()
    return { net: Number(this.net), gross: Number(this.gross) }
  }

  finish(): Steps<Float64Array> {
    return this.values.finish()
  }

  private raise(scale: number): void {
    this.carry()
    const factor = 10 ** (scale - this.scale)
    for (let i = 0; i < this.values.length; i++) this.values.set(i, this.values.get(i) * factor)
    this.largest *= factor
    this.net *= BigInt(factor)
    this.gross *= BigInt(factor)
    this.scale = scale
  }

  private carry(): void {
    this.net += BigInt(this.netPart)
    this.gross += BigInt(this.grossPart)
    this.netPart = 0
    this.grossPart = 0
  }
}
