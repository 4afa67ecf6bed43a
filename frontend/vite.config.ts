import { fileURLToPath, URL } from 'node:url'
import { packTwins } from './scripts/pack.ts'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

/** The API process that `npm run dev` talks to. */
const api = process.env.SIHAO_API ?? 'http://127.0.0.1:8000'

export default defineConfig({
  plugins: [vue(), packTwins()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  // Chromium 92 is the floor; nothing is inlined, so that the policy can stay at 'self'.
  build: { target: 'chrome92', cssTarget: 'chrome92', assetsInlineLimit: 0, reportCompressedSize: false },
  server: { proxy: { '/api': api } },
})
