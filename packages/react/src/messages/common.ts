import type { AdapterErrorCode, DataContractCode } from '@crm/core/errors'

/** Words that every widget shares: states, provenance, warnings, errors. `{…}` marks a place that is filled in. */
export const commonMessages = {
  retry: 'Try again',
  clearSelection: 'Clear selection',
  selected: 'Selected: {label}',
  stale: 'Showing earlier figures while new ones are computed.',
  staleAfterError: 'Showing earlier figures. The update failed.',
  partial: 'Partial result: {missing} could not be reached. The figures are lower than the truth.',
  partialUnnamed: 'Partial result: a part of the data could not be reached. The figures are lower than the truth.',
  errorTitle: 'These figures could not be computed',
  errorCode: 'Code {code}',
  forbiddenTitle: 'You have no access to these figures',
  notAvailable: 'not available',
  export: 'Export',
  /** The menu behind the button could not be had from the server. */
  exportUnloaded: 'This part of the page could not be loaded. Check the connection and press again.',
  /** Between items of a list in running text. */
  listSeparator: ', ',
} as const

/** The line under a widget: what its figures come from. */
export const computedFromMessages = {
  line: 'From {facts}',
  /** Between the facts. */
  separator: ', ',
  asOf: 'as of {date}',
  customers: { one: '{countText} customer', other: '{countText} customers' },
  orders: { one: '{countText} order', other: '{countText} orders' },
  lines: { one: '{countText} line', other: '{countText} lines' },
  computedInMemory: 'computed in memory',
  computedInMemoryFrom: 'read from {engine} and computed in memory',
  computedByBackend: 'computed in {engine}',
  exact: 'exact',
  approximate: 'approximate',
  partial: 'partial',
  notes: { one: '{countText} note', other: '{countText} notes' },
} as const

/** What was left out or is doubtful, by warning code. */
export const warningMessages = {
  CUSTOMERS_WITHOUT_PURCHASE: {
    one: '{countText} customer has no purchase in this period and no scores.',
    other: '{countText} customers have no purchase in this period and no scores.',
  },
  DUPLICATES_MERGED: {
    one: '{countText} entry repeats a customer and a product and was merged.',
    other: '{countText} entries repeat a customer and a product and were merged.',
  },
  LINES_AFTER_AS_OF: {
    one: '{countText} line after the as-of date was left out.',
    other: '{countText} lines after the as-of date were left out.',
  },
  LINES_BEFORE_FROM: {
    one: '{countText} line before the start of the period was left out.',
    other: '{countText} lines before the start of the period were left out.',
  },
  LINES_WITHOUT_CUSTOMER: {
    one: '{countText} line without a known customer was left out.',
    other: '{countText} lines without a known customer were left out.',
  },
  LINES_WITHOUT_PRODUCT: {
    one: '{countText} purchase line without a known product was left out.',
    other: '{countText} purchase lines without a known product were left out.',
  },
  ORDERS_NOT_POSITIVE: {
    one: '{countText} order counts although its lines add up to zero or less.',
    other: '{countText} orders count although their lines add up to zero or less.',
  },
  RATINGS_WITHOUT_TIME: {
    one: '{countText} rating has no time and was left out.',
    other: '{countText} ratings have no time and were left out.',
  },
  RETURNS_DROPPED: {
    one: '{countText} return line was left out.',
    other: '{countText} return lines were left out.',
  },
  SCORES_NOT_REACHED: {
    one: '{countText} score is reached by nobody, because many customers have equal values.',
    other: '{countText} scores are reached by nobody, because many customers have equal values.',
  },
  SUM_ROUNDED: {
    one: '{countText} sum is too large for a whole number and was rounded once.',
    other: '{countText} sums are too large for a whole number and were rounded once.',
  },
  TIES_SPLIT: {
    one: '{countText} customer has the same value as another one and yet another score, as the chosen method splits equals.',
    other: '{countText} customers have the same value as others and yet another score, as the chosen method splits equals.',
  },
  other: { one: '{countText} finding with code {code}.', other: '{countText} findings with code {code}.' },
} as const

/** Whatever goes wrong with the data has words of its own; what is wrong with a question mostly shares some. */
type ErrorWords = Readonly<
  Record<AdapterErrorCode | DataContractCode | 'BINS_RANGE' | 'SCORING_UNSUPPORTED' | 'TIME_ZONE_UNKNOWN' | 'selectionInvalid' | 'invalidInput' | 'unsupported' | 'other', string>
>

/**
 * Three sentences each: what happened, what it means, what to do. A code that is not listed falls to `selectionInvalid`
 * where a selection may be the cause, then to the kind of the error, `invalidInput` or `unsupported`, then to `other`.
 */
export const errorMessages: ErrorWords = {
  ADAPTER_CLOSED: 'The connection to the data was closed. It answers no more questions. Reload the page.',
  BINS_RANGE: 'A number of scores outside 2 to 10 was asked for. Nobody can be scored with it. Choose a number from 2 to 10.',
  CURRENCY_MIXED: 'The amounts are in more than one currency. Adding them up would give wrong figures. Convert them to one currency first.',
  DATA_INVALID: 'The data hold a value that their type does not allow. Figures from them would be wrong. Have the import checked.',
  DEADLINE_EXCEEDED: 'The data source took too long. The question was stopped. Try again, or choose fewer customers.',
  FILE_MALFORMED: 'The file cannot be read to its end. Nothing of it was taken over. Mend the line that is named, or save the file anew as CSV.',
  FORBIDDEN: 'The data source refused access. Your account may not see these figures. Ask the owner of the data for access.',
  INTERNAL: 'The data source failed. None of its answer was used. Try again, and report it with the code if it stays.',
  MONEY_RANGE: 'The purchases of one customer add up to more than can be counted exactly. The figures would be rounded. Have the amounts checked.',
  OVERLOADED: 'The data source is busy. It takes no further questions for now. Try again in a moment.',
  PROTOCOL: 'The data source sent an answer that cannot be read. None of it was used. Report it with the code.',
  RATE_LIMITED: 'Too many questions were asked in a short time. The data source pauses. Try again in a minute.',
  RESOURCE_EXHAUSTED: 'This needs more memory than is allowed here. It was stopped before it could slow the page. Choose fewer customers, or have a database do the work.',
  SCORING_UNSUPPORTED: 'This way of scoring has no cut points of its own. This view is made of them. Score by quantiles, percentiles or thresholds.',
  SNAPSHOT_GONE: 'The data have moved on. The list cannot be continued from where it was. Start again.',
  TIME_ZONE_UNKNOWN: 'The time zone is not known here. Days cannot be counted without it. Choose another time zone.',
  UNAUTHENTICATED: 'You are not signed in to the data source. Your session may have ended. Sign in again.',
  UNAVAILABLE: 'The data source cannot be reached. No answer came. Check the connection and try again.',
  selectionInvalid: 'The selection does not fit these data. It asks for a field or a value that they do not have. Clear the selection.',
  invalidInput: 'This view was asked for something that cannot be computed from these data. Nothing is shown, rather than something wrong. Whoever built the page finds the reason in the error.',
  unsupported: 'This data source cannot answer the question. It lacks the data or the means. Choose another view or another data source.',
  other: 'Something went wrong. The figures could not be computed. Try again, and report it with the code if it stays.',
}
