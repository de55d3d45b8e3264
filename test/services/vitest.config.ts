import { defineConfig } from 'vitest/config';

/** Tests against real servers: `npm run test:services`. A server that is not installed is a failure, not a skip. */
export default defineConfig({
  test: {
    include: ['test/services/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'forks',
    fileParallelism: false,
  },
});
