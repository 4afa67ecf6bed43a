/** Lays what the interactive page of the API needs beside it, since no page may fetch anything from elsewhere. */
import { copyFileSync, mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, join } from 'node:path'
import type { Plugin } from 'vite'

const require = createRequire(import.meta.url)
const FILES = [require.resolve('swagger-ui-dist/swagger-ui.css'), require.resolve('swagger-ui-dist/swagger-ui-bundle.js')]

export function apiPage(): Plugin {
  let folder = ''
  return {
    name: 'api-page',
    apply: 'build',
    configResolved(config) { folder = join(config.build.outDir, 'api/docs') },
    writeBundle() {
      mkdirSync(folder, { recursive: true })
      for (const file of FILES) copyFileSync(file, join(folder, basename(file)))
    },
  }
}
