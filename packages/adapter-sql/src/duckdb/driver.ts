/**
 * The part of `@duckdb/node-api` (1.4 or later) that the adapter uses, by shape: a `DuckDBConnection` fits as it is.
 * The adapter runs one statement at a time on it and interrupts it, so it must not be used for anything else meanwhile.
 */
export interface DuckdbConnection {
  prepare(text: string): Promise<DuckdbStatement>
  interrupt(): void
}

export interface DuckdbStatement {
  bindVarchar(position: number, value: string): void
  bindBigInt(position: number, value: bigint): void
  bindDouble(position: number, value: number): void
  bindBoolean(position: number, value: boolean): void
  run(): Promise<DuckdbResult>
  stream(): Promise<DuckdbResult>
  destroySync(): void
}

export interface DuckdbResult {
  fetchChunk(): Promise<DuckdbChunk | null>
}

export interface DuckdbChunk {
  readonly rowCount: number
  getColumnVector(column: number): DuckdbVector
}

export interface DuckdbVector {
  getItem(row: number): unknown
}
