import '@crm/react/styles.css'
import type { Selection } from '@crm/core/adapter'
import type { CrmClient } from '@crm/core/client'
import { CrmProvider, CustomerTable, RfmGrid, type CrmTheme } from '@crm/react'
import { useState } from 'react'

export function Customers({ client, asOf, theme = 'auto' }: { client: CrmClient; asOf: number; theme?: CrmTheme }) {
  const [selection, setSelection] = useState<Selection | null>(null)
  const spec = { asOf, timeZone: 'Europe/London' }
  return (
    <CrmProvider client={client} theme={theme}>
      <RfmGrid request={{ spec }} selection={selection} onSelectionChange={setSelection} />
      <CustomerTable spec={spec} selection={selection} onSelectionChange={setSelection} />
    </CrmProvider>
  )
}
