import { defineConfig } from 'vitest/config'

/** Journeys in a real browser: one at a time, against SIHAO_E2E_URL or a product started for them. */
export default defineConfig({
  test: {
    include: ['tests/e2e/**/*.test.ts'],
    globalSetup: ['tests/e2e/support/product.ts'],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
