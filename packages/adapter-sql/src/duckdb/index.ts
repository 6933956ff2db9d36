export { createDuckdbAdapter } from './createDuckdbAdapter.ts'
export type { DuckdbAdapterOptions } from './createDuckdbAdapter.ts'
export type { DuckdbChunk, DuckdbConnection, DuckdbResult, DuckdbStatement, DuckdbVector } from './driver.ts'
export type { FieldMapping, SetMapping, SqlMapping, SqlScope } from '../compiler/mapping.ts'
