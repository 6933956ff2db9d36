import { DataGrid } from '@mui/x-data-grid'
import { rowsOf } from './people.mjs'

// The community grid shows at most 100 rows a page: its scrolling and its last row are those of one page.
export const name = 'MUI X DataGrid 9.14 (100 rows a page)'
const money = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
const date = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' })
const asMoney = (value) => money.format(value / 100)
const asDay = (value) => date.format(value * 86_400_000)
const columns = [
  { field: 'name', headerName: 'Customer', width: 160 },
  { field: 'city', headerName: 'City', width: 120 },
  { field: 'firstDay', headerName: 'First purchase', valueFormatter: asDay, width: 130 },
  { field: 'lastDay', headerName: 'Last purchase', valueFormatter: asDay, width: 130 },
  { field: 'orders', headerName: 'Orders', type: 'number', width: 90 },
  { field: 'revenue', headerName: 'Revenue', type: 'number', valueFormatter: asMoney, width: 120 },
  { field: 'meanOrderValue', headerName: 'Mean order value', type: 'number', valueFormatter: asMoney, width: 140 },
  { field: 'recencyDays', headerName: 'Days since purchase', type: 'number', width: 150 },
]
const rowId = ({ customerId }) => customerId

export const prepare = (count) => rowsOf(count)

export function Grid({ data }) {
  return (
    <div className="box">
      <DataGrid rows={data} columns={columns} getRowId={rowId} initialState={{ pagination: { paginationModel: { pageSize: 100, page: 0 } } }} pageSizeOptions={[100]} />
    </div>
  )
}
