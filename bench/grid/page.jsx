// Bundled once with each grid as `#grid`. Data are made by `prepare`, before any clock runs.
import { createRoot } from 'react-dom/client'
import { Grid, prepare } from '#grid'

let data
window.grid = {
  prepare: async (count) => {
    data = await prepare(count)
  },
  /** Milliseconds from the call to the frame after the first row with text. */
  mount: () =>
    new Promise((resolve) => {
      const start = performance.now()
      createRoot(document.getElementById('root')).render(<Grid data={data} />)
      const look = () => {
        const cell = document.querySelector('[role="gridcell"], [role="rowheader"]')
        if (cell?.textContent) requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start), 0))
        else setTimeout(look, 1)
      }
      look()
    }),
}
