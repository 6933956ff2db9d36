export {
  AdapterError,
  CrmError,
  DataContractError,
  InvalidInputError,
  UnsupportedError,
  errorFromJSON,
  isCrmError,
} from './errors.ts'
export type { CrmErrorJSON, ErrorDetails } from './errors.ts'
export type {
  AdapterErrorCode,
  CrmErrorCode,
  DataContractCode,
  InvalidInputCode,
  UnsupportedCode,
  WarningCode,
} from './codes.ts'
