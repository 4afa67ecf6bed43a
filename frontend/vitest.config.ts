import { mergeConfig } from 'vite'
import { defineConfig } from 'vitest/config'
import base from './vite.config.ts'

export default mergeConfig(base, defineConfig({
  test: {
    environment: 'jsdom',
    pool: 'vmThreads',
    maxWorkers: 2,
    include: ['src/**/*.test.ts', 'scripts/**/*.test.ts'],
    setupFiles: ['tests/setup.ts'],
  },
}))
