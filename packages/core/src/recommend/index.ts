export type * from './recommend.types.ts'
