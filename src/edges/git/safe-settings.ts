/** Settings of a stranger's repository must start no program: given in front of every command. */
export const SAFE_SETTINGS: readonly string[] = [
  'log.showSignature=false',
  'core.fsmonitor=false',
  'gc.auto=0',
  'core.hooksPath=/dev/null',
].flatMap((setting) => ['-c', setting]);
