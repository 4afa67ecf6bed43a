import { mergeConfig } from 'vite'
import base from './vite.config.ts'

/** The kit's own pages, for looking and for tests; never part of the product's build. */
export default mergeConfig(base, {
  build: { outDir: '.cache/gallery', emptyOutDir: true, rollupOptions: { input: 'gallery.html' } },
})
