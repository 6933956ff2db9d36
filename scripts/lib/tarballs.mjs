// Packs the published packages as users get them.
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { pnpm, root, run } from './process.mjs'

/** @returns {Promise<{ name: string, folder: string, manifest: object, path: string }[]>} one per package that is not private */
export async function packPackages(target) {
  mkdirSync(target, { recursive: true })
  const packed = []
  for (const folder of readdirSync(join(root, 'packages')).map((name) => join(root, 'packages', name))) {
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    if (manifest.private) continue
    const path = join(target, `${manifest.name.replace('@', '').replace('/', '-')}-${manifest.version}.tgz`)
    const { code, output } = await run(pnpm('pack', '--out', path), { cwd: folder, capture: true })
    if (code !== 0) throw new Error(`pnpm pack failed in ${folder}\n${output}`)
    packed.push({ name: manifest.name, folder, manifest, path })
  }
  return packed
}

/** Files of a tarball, by name within the package. */
export function readTarball(path) {
  const tar = gunzipSync(readFileSync(path))
  const files = new Map()
  for (let at = 0; at + 512 <= tar.length && tar[at] !== 0; ) {
    const field = (start, length) => tar.toString('utf8', at + start, at + start + length).replace(/\0.*$/s, '')
    const size = parseInt(field(124, 12), 8)
    const name = [field(345, 155), field(0, 100)].filter((part) => part !== '').join('/')
    files.set(name.replace(/^package\//, ''), tar.subarray(at + 512, at + 512 + size))
    at += 512 + Math.ceil(size / 512) * 512
  }
  return files
}
