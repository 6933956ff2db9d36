/** The worker that clients of this page compute in. */
export function startWorker(): Worker {
  return new Worker(new URL('@crm/core/worker-entry', import.meta.url), { type: 'module' })
}
