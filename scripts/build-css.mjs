// Builds the static stylesheets of the package in the current folder, minified: src/styles.css with all it imports, and
// apart from it those of the import wizard and of the recommendation widgets, which many applications do not show.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { build } from 'esbuild'

const sheets = { 'dist/styles.css': 'src/styles.css', 'dist/import-wizard/styles.css': 'src/import-wizard/ImportWizard.css', 'dist/recommend/styles.css': 'src/recommend/recommend.css' }
for (const [outfile, source] of Object.entries(sheets)) {
  mkdirSync(dirname(outfile), { recursive: true })
  await build({ entryPoints: [source], outfile, bundle: true, minify: true, legalComments: 'none', logLevel: 'warning' })
  // Gives `import '@crm/react/styles.css'` a type for resolvers that ask for one.
  writeFileSync(`${outfile}.d.ts`, 'export {}\n')
}
