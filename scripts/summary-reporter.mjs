/**
 * A vitest reporter that says one line when everything is over: `N passed, N failed[, N skipped]`. Files that could not be
 * loaded and errors outside of tests count as failed: a suite that did not run has not passed.
 */
export default class Summary {
  onTestRunEnd(modules, unhandledErrors) {
    const counts = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
    for (const module of modules) {
      counts.failed += module.errors().length;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state in counts) counts[state] += 1;
      }
      for (const suite of module.children.allSuites()) counts.failed += suite.errors().length;
    }
    const { passed, failed, skipped } = counts;
    const line = `${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`;
    // The default reporter prints its own summary at the same time: ours must be the last.
    process.once('exit', () => process.stdout.write(`${line}\n`));
  }
}
