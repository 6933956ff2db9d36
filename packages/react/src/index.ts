export * from './provider/index.ts'
export * from './rfm-grid/index.ts'
export { ComputedFrom, CrmRoot } from './shared/index.ts'
export type { ComputedFromProps, CrmRootProps, CrmRootState, PartProps, WidgetStatus } from './shared/index.ts'
