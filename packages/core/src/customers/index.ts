export { customerValue } from './customerValue.ts'
export { fieldsOfCustomers } from '../shared/measures.ts'
export { customerCountOperation, customersOperation, customersOperations } from './operations.ts'
export type {
  CustomerCount,
  CustomerCountRequest,
  CustomersColumn,
  CustomersPage,
  CustomersRequest,
  CustomersWindow,
} from './customers.types.ts'
