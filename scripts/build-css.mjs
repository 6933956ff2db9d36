// Builds the one static stylesheet of the package in the current folder: src/styles.css and what it imports, minified.
import { mkdirSync, writeFileSync } from 'node:fs'
import { build } from 'esbuild'

mkdirSync('dist', { recursive: true })
await build({ entryPoints: ['src/styles.css'], outfile: 'dist/styles.css', bundle: true, minify: true, legalComments: 'none', logLevel: 'warning' })
// Gives `import '@crm/react/styles.css'` a type for resolvers that ask for one.
writeFileSync('dist/styles.css.d.ts', 'export {}\n')
