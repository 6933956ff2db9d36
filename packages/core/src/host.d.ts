// The only host names core may use. Compile-time only: consumers get the real types from the DOM or from Node.
interface AbortSignal {
  readonly aborted: boolean
  readonly reason: any
  throwIfAborted(): void
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void
  removeEventListener(type: 'abort', listener: () => void): void
}
declare var AbortSignal: {
  prototype: AbortSignal
  timeout(milliseconds: number): AbortSignal
  any(signals: AbortSignal[]): AbortSignal
}
interface AbortController {
  readonly signal: AbortSignal
  abort(reason?: any): void
}
declare var AbortController: { prototype: AbortController; new (): AbortController }
declare function setTimeout(callback: () => void, milliseconds?: number): number
declare function clearTimeout(id: number | undefined): void
