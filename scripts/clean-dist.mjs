// Empties dist of the package in the current folder, so that no file of an earlier build is published.
import { rmSync } from 'node:fs'

rmSync('dist', { recursive: true, force: true })
