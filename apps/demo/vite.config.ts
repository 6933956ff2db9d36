import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: 'dist/client',
    // The page is served under a policy without `unsafe-inline` and `data:`: everything is a file of its own.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Evergreen browsers: `light-dark()` stays as it is written.
    cssTarget: 'esnext',
  },
  worker: { format: 'es' },
})
