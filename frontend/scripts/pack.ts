/** Lays a `.br` and a `.gz` twin beside every built text file, so that serving costs no compression. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

export function packTwins(): Plugin {
  let folder = ''
  return {
    name: 'pack-twins',
    apply: 'build',
    configResolved(config) { folder = config.build.outDir },
    closeBundle() {
      for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(one => /\.(js|css|html|svg)$/.test(one))) {
        const content = readFileSync(join(folder, name))
        writeFileSync(join(folder, `${name}.gz`), gzipSync(content, { level: 9 }))
        writeFileSync(join(folder, `${name}.br`), brotliCompressSync(content))
      }
    },
  }
}
