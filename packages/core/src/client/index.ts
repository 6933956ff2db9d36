export { canonicalRequest } from './canonicalRequest.ts'
export { createClient } from './createClient.ts'
export type { ClientOptions, CrmClient, RetryOptions, RunOptions, RunProgress, WorkerPort } from './client.types.ts'
