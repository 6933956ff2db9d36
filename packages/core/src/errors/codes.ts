/** The caller's argument is wrong. Retrying changes nothing. */
export type InvalidInputCode =
  | 'BINS_RANGE' // bins outside 2..10
  | 'CURSOR_INVALID' // a cursor of another request, or a damaged one
  | 'CUTS_NOT_ASCENDING'
  | 'DATE_INVALID' // no calendar date, or an instant out of range
  | 'FIELD_DUPLICATE'
  | 'FIELD_RESERVED' // a customer attribute with the name of a measure
  | 'FIELD_TYPE' // the operation does not fit the type of the field
  | 'FIELD_UNKNOWN'
  | 'ID_NOT_NUMERIC' // `numericId` promised and not held
  | 'ID_MISSING'
  | 'KEY_DUPLICATE'
  | 'KEY_UNKNOWN' // a row to remove or correct that is not there
  | 'LENGTH_MISMATCH'
  | 'LIMIT_RANGE'
  | 'LIST_TOO_LONG'
  | 'MAPPING_INVALID' // the column mapping of an adapter
  | 'NOT_INTEGER' // an integer or money value with a fraction, or beyond 2^53 - 1
  | 'OPTION_INVALID'
  | 'RANK_INVALID'
  | 'REQUEST_INVALID' // shape of a request that did not come from a typed caller
  | 'SEGMENT_MAP_INVALID'
  | 'SET_UNKNOWN'
  | 'SPEC_INVALID'
  | 'TIERS_INVALID'
  | 'TIME_ZONE_UNKNOWN'
  | 'VALUE_NOT_FINITE'
  | 'WEIGHTS_INVALID'

/** Right, but this adapter, engine or build cannot do it. */
export type UnsupportedCode =
  | 'OPERATION_UNKNOWN'
  | 'SCORING_UNSUPPORTED' // needs cut points, which the scoring method does not have
  | 'SET_MISSING'
  | 'SUMMARY_UNSUPPORTED'

/** Retrieval failed. `retryable` says whether trying again can help. */
export type AdapterErrorCode =
  | 'ADAPTER_CLOSED'
  | 'DEADLINE_EXCEEDED'
  | 'FORBIDDEN'
  | 'INTERNAL'
  | 'OVERLOADED'
  | 'RATE_LIMITED'
  | 'RESOURCE_EXHAUSTED'
  | 'SNAPSHOT_GONE'
  | 'UNAUTHENTICATED'
  | 'UNAVAILABLE'

/** The data, or an adapter's answer, breaks the contract. */
export type DataContractCode =
  | 'CURRENCY_MIXED' // details.count lines in another currency
  | 'DATA_INVALID' // a stored value that its declared type does not allow
  | 'FILE_MALFORMED' // a file that cannot be read to its end: details.line
  | 'MONEY_RANGE' // a customer's purchases or returns alone exceed 2^53 - 1
  | 'PROTOCOL' // an answer that is no answer: no end, wrong columns, wrong lengths

export type CrmErrorCode = InvalidInputCode | UnsupportedCode | AdapterErrorCode | DataContractCode

/** Recoverable doubts that travel with a result, each with a count. */
export type WarningCode =
  | 'CUSTOMERS_WITHOUT_PURCHASE' // customers (before `where`) without a purchase in the window
  | 'DUPLICATES_MERGED' // preferences of a customer for a product that were merged into another
  | 'LINES_AFTER_AS_OF' // lines left out because they lie after `asOf`
  | 'LINES_BEFORE_FROM' // lines left out because they lie before `from`
  | 'LINES_WITHOUT_CUSTOMER' // lines left out because no customer is known
  | 'LINES_WITHOUT_PRODUCT' // purchase lines in the window left out because no product is known
  | 'ORDERS_NOT_POSITIVE' // orders that count although their lines net to zero or less
  | 'RATINGS_WITHOUT_TIME' // ratings that a back-test left out because they could be from before or after its cut
  | 'RETURNS_DROPPED' // return lines left out under `returns: 'drop'`
  | 'SCORES_NOT_REACHED' // scores that no customer can have because cut points coincide
  | 'TIES_SPLIT' // customers whose equals got another score, under `ntile`
  | 'SUM_ROUNDED' // sums over customers beyond 2^53 - 1, rounded once
