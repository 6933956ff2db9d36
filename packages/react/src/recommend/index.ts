export * from '../recommendation-list/index.ts'
export { createMemoryStore, createWebStore } from '../shared/personalStore.ts'
export type { PersonalStore, WebStorage } from '../shared/personalStore.ts'
export * from '../neighbour-list/index.ts'
