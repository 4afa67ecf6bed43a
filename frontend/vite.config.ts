import { fileURLToPath, URL } from 'node:url'
import { apiPage } from './scripts/apiPage.ts'
import { packTwins } from './scripts/pack.ts'
import vue from '@vitejs/plugin-vue'
import { defineConfig, type Plugin } from 'vite'

/** The API process that `npm run dev` talks to. */
const api = process.env.SIHAO_API ?? 'http://127.0.0.1:8000'

/** Beside what the first page needs, what most pages share comes in one piece and what several share in another: fewer chunks to fetch and to name. */
const common = /src.(kit|core|domain)/
const groups = [
  { name: 'first', tags: ['$initial' as const], priority: 2 },
  { name: 'shared', test: common, minShareCount: 10, priority: 1 },
  { name: 'often', test: common, minShareCount: 5, priority: 0 },
]

/** Our components are written with `setup` alone, so what is built goes without the other way; tests keep it for theirs. */
const setupOnly: Plugin = { name: 'setup-only', apply: 'build', config: () => ({ define: { __VUE_OPTIONS_API__: 'false' } }) }

export default defineConfig({
  plugins: [vue(), setupOnly, apiPage(), packTwins()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  // Chromium 92 is the floor; nothing is inlined, so that the policy can stay at 'self'.
  // The first page names every chunk there is, so their names are short.
  build: {
    rollupOptions: { output: { codeSplitting: { groups }, chunkFileNames: 'assets/[hash:7].js', assetFileNames: 'assets/[hash:7][extname]' } },
    target: 'chrome92', modulePreload: { polyfill: false }, cssTarget: 'chrome92', assetsInlineLimit: 0, reportCompressedSize: false,
  },
  server: { proxy: { '/api': api } },
})
