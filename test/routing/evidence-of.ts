import type { Evidence, Frame, Mention, Signal, Trace } from '../../src/model/evidence.ts';
import { toMessageId, type Address, type MessageId } from '../../src/model/message.ts';
import type { Head } from '../../src/model/thread.ts';
import type { ThreadView } from '../../src/model/view.ts';

/** Hand-made evidence: what the earlier steps would have found. */
export const ROOT = idOf('root@example.org');
export const REPORTER: Address = { name: 'Rita Reporter', address: 'rita@example.org' };

export function idOf(text: string): MessageId {
  const id = toMessageId(`<${text}>`);
  if (id === undefined) throw new Error(`no id: ${text}`);
  return id;
}

export function frame(text: string): Frame {
  const [name = '', location] = text.replace('?', '').split('@');
  return {
    function: name,
    offset: null,
    size: null,
    address: null,
    module: null,
    reliable: !text.includes('?'),
    location: location ?? null,
  };
}

/** Frames are names with blanks between; `?` marks an unreliable one, `@file.c:1` its place. */
export function trace(project: Trace['project'], frames: string, rest: Partial<Trace> = {}): Trace {
  return {
    lines: [1, 2],
    depth: 0,
    project,
    kind: 'bug',
    title: '',
    otherTitles: [],
    headline: '',
    cpu: null,
    pid: null,
    comm: null,
    version: null,
    tainted: null,
    hardware: null,
    frames: frames
      .split(' ')
      .filter((one) => one !== '')
      .map(frame),
    culprit: null,
    file: null,
    fingerprint: frames,
    notes: [],
    damage: null,
    message: ROOT,
    part: 'body',
    ...rest,
  };
}

export interface Mail {
  readonly id?: MessageId;
  readonly from?: Address;
  readonly to?: readonly Address[];
  readonly cc?: readonly Address[];
  readonly subject?: string;
  readonly signals?: readonly (readonly [name: string, value: string, part?: string])[];
  readonly mentions?: readonly (readonly [kind: Mention['kind'], value: string, quote?: string])[];
  readonly asked?: readonly string[];
  /** Commits that the mail blames. */
  readonly regressions?: readonly string[];
}

/** A thread of mails, the first being the root; every other one answers it. */
export function viewOf(mails: readonly Mail[], day = '2026-11-01'): ThreadView {
  const heads = mails.map((mail, index) => toHead(mail, index));
  return {
    thread: {
      id: ROOT,
      messages: heads.map((message, index) => ({
        message,
        parent: index === 0 ? null : ROOT,
        depth: index === 0 ? 0 : 1,
      })),
      ghosts: [],
    },
    evidence: new Map(
      mails.map((mail, index) => [heads[index]?.id ?? ROOT, toEvidence(mail, heads[index]?.id ?? ROOT)]),
    ),
    asOf: new Date(day),
  };
}

function toHead(mail: Mail, index: number): Head {
  return {
    id: mail.id ?? (index === 0 ? ROOT : idOf(`reply-${String(index)}@example.org`)),
    from: mail.from ?? REPORTER,
    to: mail.to ?? [{ name: 'Xen-devel', address: 'xen-devel@lists.xenproject.org' }],
    cc: mail.cc ?? [],
    date: '2026-10-01T00:00:00.000Z',
    subject: mail.subject ?? 'a problem',
    inReplyTo: index === 0 ? [] : [ROOT],
    references: index === 0 ? [] : [ROOT],
    lists: [],
    headers: {},
    url: null,
  };
}

function toEvidence(mail: Mail, id: MessageId): Evidence {
  const at = { message: id, part: 'body', line: 1, quote: '', depth: 0 };
  const signals = (mail.signals ?? []).map(([name, value, part]): Signal => ({
    ...at,
    name,
    value,
    part: part ?? 'body',
  }));
  return {
    version: '1',
    message: id,
    traces: [],
    facts: [],
    asked: (mail.asked ?? []).map((name) => ({ ...at, name, address: null })),
    regressions: (mail.regressions ?? []).map((commit) => ({
      ...at,
      component: null,
      lastGood: null,
      firstBad: null,
      commit,
      denied: false,
      rule: 'bisect-said',
    })),
    signals,
    mentions: (mail.mentions ?? []).map(([kind, value, quote = '']): Mention => ({ ...at, kind, value, quote })),
    nearMisses: 0,
  };
}
