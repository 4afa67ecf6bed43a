import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** By name: the journeys share one city, so they come in the same order each time; cities take turns. */
class ByName extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return Promise.resolve([...files].sort((a, b) => a.moduleId.localeCompare(b.moduleId)))
  }

  override async shard(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { index, count } = this.ctx.config.shard!
    return (await this.sort(files)).filter((_, place) => place % count === index - 1)
  }
}

/** Journeys in a real browser: one at a time, against SIHAO_E2E_URL or a product started for them. */
export default defineConfig({
  test: {
    include: ['tests/e2e/**/*.test.ts'],
    globalSetup: ['tests/e2e/support/product.ts'],
    fileParallelism: false,
    sequence: { sequencer: ByName },
    retry: 1, // a browser on a busy machine stalls now and then; a defect fails twice
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
