export type {
  CustomerCount,
  CustomerCountRequest,
  CustomersColumn,
  CustomersPage,
  CustomersRequest,
  CustomersWindow,
} from './customers.types.ts'
