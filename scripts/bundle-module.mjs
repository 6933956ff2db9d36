// Writes what a built module imports by name into the module itself, in place: `node bundle-module.mjs dist/x.js`.
import { build } from 'esbuild'

const [file] = process.argv.slice(2)
await build({ entryPoints: [file], outfile: file, allowOverwrite: true, bundle: true, format: 'esm', target: 'es2022', platform: 'browser', minify: true, legalComments: 'inline', logLevel: 'warning' })
