import type { TraceKind } from '../../model/evidence.ts';
import type { Symptom } from '../../model/verdict.ts';

/** What a trace of a kind says about the symptom; a bare stack says nothing by itself. */
export const TRACE_SYMPTOMS: Readonly<Record<TraceKind, Symptom | null>> = {
  oops: 'crash',
  'page-fault': 'crash',
  'general-protection': 'crash',
  bug: 'crash',
  warning: 'warning',
  panic: 'crash',
  'hung-task': 'hang',
  'soft-lockup': 'hang',
  'hard-lockup': 'hang',
  'rcu-stall': 'hang',
  lockdep: 'warning',
  kasan: 'crash',
  kmsan: 'warning',
  kcsan: 'warning',
  ubsan: 'warning',
  'stack-dump': null,
  multicall: 'warning',
  assertion: 'crash',
  'fatal-trap': 'crash',
  'domain-crash': 'crash',
  backtrace: 'crash',
  exception: 'crash',
  other: null,
};

/** What a phrase says; order is that of the answer. */
export const PHRASE_SYMPTOMS: readonly { readonly signal: string; readonly symptom: Symptom }[] = [
  { signal: 'failure:crash', symptom: 'crash' },
  { signal: 'failure:warning', symptom: 'warning' },
  { signal: 'failure:hang', symptom: 'hang' },
  { signal: 'failure:boot', symptom: 'boot-failure' },
  { signal: 'failure:build', symptom: 'build-failure' },
  { signal: 'build-error', symptom: 'build-failure' },
  { signal: 'failure:performance', symptom: 'performance' },
  { signal: 'failure:data', symptom: 'data-loss' },
];

/** How bad a symptom is for those who are hit; orders a digest. */
export const SEVERITIES: Readonly<Record<Symptom, number>> = {
  'data-loss': 60,
  crash: 50,
  'boot-failure': 45,
  hang: 45,
  'build-failure': 25,
  performance: 20,
  misbehaviour: 20,
  warning: 15,
};
