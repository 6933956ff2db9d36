import type { Steps } from '@crm/core/adapter'

/** Rows of a block: growing never copies more than a list of blocks. */
const BLOCK = 32_768

/** A growing column of float64. */
export class NumberBlocks {
  length = 0
  private blocks: Float64Array[] = []
  private current: Float64Array = new Float64Array(0)

  push(value: number): void {
    const at = this.length++ % BLOCK
    if (at === 0) this.blocks.push((this.current = new Float64Array(BLOCK)))
    this.current[at] = value
  }

  get(index: number): number {
    return (this.blocks[Math.floor(index / BLOCK)] as Float64Array)[index % BLOCK] as number
  }

  set(index: number, value: number): void {
    ;(this.blocks[Math.floor(index / BLOCK)] as Float64Array)[index % BLOCK] = value
  }

  /** The values as one array; the blocks are let go. */
  *finish(): Steps<Float64Array> {
    const values = new Float64Array(this.length)
    for (const [i, block] of this.blocks.entries()) {
      values.set(block.subarray(0, Math.min(BLOCK, this.length - i * BLOCK)), i * BLOCK)
      yield
    }
    this.blocks = []
    return values
  }
}

/** A growing column of codes. */
export class CodeBlocks {
  length = 0
  private blocks: Int32Array[] = []
  private current: Int32Array = new Int32Array(0)

  push(value: number): void {
    const at = this.length++ % BLOCK
    if (at === 0) this.blocks.push((this.current = new Int32Array(BLOCK)))
    this.current[at] = value
  }

  get(index: number): number {
    return (this.blocks[Math.floor(index / BLOCK)] as Int32Array)[index % BLOCK] as number
  }

  set(index: number, value: number): void {
    ;(this.blocks[Math.floor(index / BLOCK)] as Int32Array)[index % BLOCK] = value
  }

  /** The codes as one array; the blocks are let go. */
  *finish(): Steps<Int32Array> {
    const values = new Int32Array(this.length)
    for (const [i, block] of this.blocks.entries()) {
      values.set(block.subarray(0, Math.min(BLOCK, this.length - i * BLOCK)), i * BLOCK)
      yield
    }
    this.blocks = []
    return values
  }
}
