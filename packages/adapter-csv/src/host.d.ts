// Host names this package uses beyond those of core. Compile-time only: consumers get the real types from the DOM or Node.
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean })
  decode(input?: Uint8Array, options?: { stream?: boolean }): string
}
