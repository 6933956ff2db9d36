import { AllCommunityModule, ModuleRegistry } from 'ag-grid-community'
import { AgGridReact } from 'ag-grid-react'
import { rowsOf } from './people.mjs'

ModuleRegistry.registerModules([AllCommunityModule])

export const name = 'AG Grid Community 36.2'
const money = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
const date = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' })
const asMoney = ({ value }) => money.format(value / 100)
const asDay = ({ value }) => date.format(value * 86_400_000)
const columns = [
  { field: 'name', headerName: 'Customer' },
  { field: 'city', headerName: 'City' },
  { field: 'firstDay', headerName: 'First purchase', valueFormatter: asDay },
  { field: 'lastDay', headerName: 'Last purchase', valueFormatter: asDay },
  { field: 'orders', headerName: 'Orders' },
  { field: 'revenue', headerName: 'Revenue', valueFormatter: asMoney },
  { field: 'meanOrderValue', headerName: 'Mean order value', valueFormatter: asMoney },
  { field: 'recencyDays', headerName: 'Days since purchase' },
]
const rowId = ({ data }) => data.customerId

export const prepare = (count) => rowsOf(count)

export function Grid({ data }) {
  return (
    <div className="box">
      <AgGridReact rowData={data} columnDefs={columns} getRowId={rowId} />
    </div>
  )
}
