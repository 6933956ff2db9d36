import type { Provenance } from '../adapter/contract.ts'

/** What the kit's own kernels say of their answers. */
export function localProvenance(snapshot: string | null = null): Provenance {
  return Object.freeze({ computedBy: 'local', engine: 'memory', exactness: 'exact', completeness: Object.freeze({ kind: 'complete' }), snapshot })
}
