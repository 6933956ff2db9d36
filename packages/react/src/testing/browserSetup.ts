import { configure } from '@testing-library/react'

// A machine under load needs more than the second that is waited by default; who fails waits, who passes does not.
configure({ asyncUtilTimeout: 10_000 })
