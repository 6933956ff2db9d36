import type { Provenance } from '../adapter/contract.ts'

/** What the kit's own kernels say of their answers. */
export function localProvenance(computedBy: Provenance['computedBy'], snapshot: string | null = null): Provenance {
  return Object.freeze({ computedBy, engine: 'memory', exactness: 'exact', completeness: Object.freeze({ kind: 'complete' }), snapshot })
}
