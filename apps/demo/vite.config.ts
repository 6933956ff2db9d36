import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [react()],
  // The page is served under a policy without `unsafe-inline` and `data:`: everything is a file of its own.
  build: { outDir: 'dist/client', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  worker: { format: 'es' },
})
