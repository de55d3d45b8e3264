import type { DigestSource } from '../../src/model/digest.ts';
import type { Frame } from '../../src/model/evidence.ts';
import type { TriageMessage, TriageThread, TriageTrace } from '../../src/model/triage.ts';

/** A thread in which nothing is said yet; tests fill in what they are about. */
export function thread(given: Partial<TriageThread> & { readonly id: string }): TriageThread {
  const messages = given.messages ?? [message({ id: given.id })];
  return {
    subject: 'a subject',
    startedAt: messages[0]?.date ?? null,
    lastActivityAt: messages.at(-1)?.date ?? null,
    messages,
    genre: 'report',
    symptoms: [],
    regression: null,
    status: 'new',
    fixedBy: null,
    duplicateOf: null,
    summary: '',
    classifiedBy: 'rules',
    traces: [],
    environment: [],
    people: { participants: participantsOf(messages), to: [], cc: [], asked: [], dropped: [] },
    routing: [],
    severity: 0,
    missing: [],
    ...given,
  };
}

function participantsOf(messages: readonly TriageMessage[]): TriageThread['people']['participants'] {
  const byAddress = new Map(
    messages.map((one) => [one.from.address, messages.filter(({ from }) => from.address === one.from.address)]),
  );
  return [...byAddress].map(([address, mails]) => ({
    name: mails[0]?.from.name ?? null,
    address,
    messages: mails.length,
  }));
}

export function message(given: Partial<TriageMessage> & { readonly id: string }): TriageMessage {
  return {
    parent: null,
    from: { name: 'Robin Hale', address: 'robin@example.org' },
    date: '2017-09-28T08:42:00.000Z',
    subject: 'a subject',
    url: null,
    ...given,
  };
}

export function frame(name: string, given: Partial<Frame> = {}): Frame {
  return {
    function: name,
    offset: 0x10,
    size: 0x20,
    address: null,
    module: null,
    reliable: true,
    location: null,
    ...given,
  };
}

export function trace(given: Partial<TriageTrace> & { readonly message: string }): TriageTrace {
  return {
    lines: [12, 58],
    part: 'body',
    project: 'linux',
    kind: 'multicall',
    title: 'multicall failed in xen_alloc_pte',
    headline: '1 multicall(s) failed: cpu 0',
    cpu: 0,
    pid: 22,
    comm: 'kworker/0:1',
    version: '4.4.88',
    tainted: null,
    frames: [
      frame('dump_stack'),
      frame('xen_mc_flush'),
      frame('xen_alloc_pte', { offset: 0x176, size: 0x18e }),
      frame('rescuer_thread', { reliable: false }),
      frame('xenvif_rx_skb', { module: 'xen_netback', location: 'netback.c:12' }),
    ],
    fingerprint: '0123456789abcdef',
    notes: [{ text: 'op=26 is HYPERVISOR_mmuext_op', line: 55 }],
    culprit: 'xen_alloc_pte',
    damage: null,
    ...given,
  };
}

const ROBIN = { name: 'Robin Hale', address: 'robin@example.org' };
const INES = { name: 'Ines Mahler', address: 'ines@example.org' };

/** A regression with everything that a card can show. */
export const regression = thread({
  id: 'root@robin.example.org',
  subject: 'Guest balloons and the log fills with failed multicalls',
  messages: [
    message({ id: 'root@robin.example.org', url: 'https://lists.example.org/xen/root@robin.example.org/' }),
    message({ id: 'a@ines', parent: 'root@robin.example.org', from: INES, date: '2017-09-28T13:31:00.000Z' }),
    message({ id: 'b@ines', parent: 'a@ines', from: INES, date: '2017-09-29T04:38:18.000Z' }),
  ],
  symptoms: ['warning'],
  status: 'acknowledged',
  regression: { lastGood: '4.1.44', firstBad: '4.4.88', commit: null },
  summary: 'After the update of a guest kernel every ballooning step prints a failed multicall.',
  traces: [trace({ message: 'root@robin.example.org' })],
  environment: [
    fact('xen-version', '4.8.1-r3', 'host', 'The host runs Xen 4.8.1-r3 from Gentoo'),
    fact('kernel-version', '4.4.88', 'domU', '4.4.88'),
    fact('distribution', 'Gentoo', 'host', 'The host runs Xen 4.8.1-r3 from Gentoo'),
  ],
  people: {
    participants: [
      { ...ROBIN, messages: 1 },
      { ...INES, messages: 2 },
    ],
    to: [{ name: null, address: 'list@example.org' }],
    cc: [INES],
    asked: [
      {
        name: 'Konrad',
        address: 'konrad@example.org',
        by: 'ines@example.org',
        message: 'a@ines',
        quote: 'Cc-ing Konrad, he knows tmem a lot better than I do.',
        reached: false,
      },
    ],
    dropped: [{ address: 'tove@example.org', message: 'b@ines' }],
  },
  routing: [
    {
      address: 'konrad@example.org',
      name: 'Konrad, of tmem',
      role: 'maintainer',
      project: 'xen',
      section: 'TRANSCENDENT MEMORY (TMEM)',
      score: 0.93,
      addressed: false,
      reasons: ['the subject names tmem, which the entry is about'],
    },
    {
      address: 'ines@example.org',
      name: 'Ines Mahler',
      role: 'maintainer',
      project: 'linux',
      section: 'XEN HYPERVISOR X86',
      score: 0.8,
      addressed: true,
      reasons: ['frame xen_alloc_pte is defined in arch/x86/xen/mmu_pv.c, which the entry covers'],
    },
    ...['Owen Lister', 'Mara Quist'].map((name, index) => ({
      address: `${name.slice(0, 4).toLowerCase()}@example.org`,
      name,
      role: 'reviewer' as const,
      project: 'linux',
      section: 'X86 MM',
      score: 0.5 - index / 10,
      addressed: false,
      reasons: ['frame phys_pmd_init is defined in arch/x86/mm/init_64.c, which the entry covers'],
    })),
    {
      address: 'faint@example.org',
      name: 'Too Faint',
      role: 'list',
      project: 'linux',
      section: 'THE REST',
      score: 0.1,
      addressed: false,
      reasons: ['it covers everything'],
    },
  ],
  severity: 40,
  missing: ['hardware', 'xl dmesg', 'a bisect'],
});

function fact(key: TriageThread['environment'][number]['key'], value: string, role: 'host' | 'domU', quote: string) {
  return { key, value, role, message: 'root@robin.example.org', line: 61, quote };
}

/** Words of a stranger that would like to be more than words. */
export const HOSTILE =
  '</pre><script>alert(1)</script> \u001b[31mred\u001b]0;title\u0007 \u009b2J \u202egnp.exe [x](javascript:alert(1)) `code` "&\'';

/** A thread in which every field that strangers fill tries to break out. */
export const hostile = thread({
  id: 'evil<@x>\u001b[2J',
  subject: HOSTILE,
  messages: [
    message({
      id: 'evil<@x>\u001b[2J',
      from: { name: HOSTILE, address: 'evil"><b>@example.org' },
      url: 'javascript:alert(1)',
    }),
  ],
  summary: HOSTILE,
  regression: { lastGood: HOSTILE, firstBad: HOSTILE, commit: HOSTILE },
  traces: [
    trace({
      message: 'evil<@x>\u001b[2J',
      title: HOSTILE,
      headline: HOSTILE,
      comm: HOSTILE,
      part: HOSTILE,
      culprit: HOSTILE,
      tainted: HOSTILE,
      frames: [frame(HOSTILE, { module: HOSTILE, location: HOSTILE })],
      notes: [{ text: HOSTILE, line: 1 }],
    }),
  ],
  environment: [{ key: 'hardware', value: HOSTILE, role: null, message: 'x', line: 1, quote: HOSTILE }],
  people: {
    participants: [],
    to: [],
    cc: [],
    asked: [{ name: HOSTILE, address: HOSTILE, by: HOSTILE, message: 'x', quote: HOSTILE, reached: false }],
    dropped: [{ address: HOSTILE, message: 'x' }],
  },
  routing: [
    {
      address: 'a@example.org',
      name: HOSTILE,
      role: 'maintainer',
      project: HOSTILE,
      section: HOSTILE,
      score: 0.5,
      addressed: false,
      reasons: [HOSTILE],
    },
  ],
  missing: [HOSTILE],
});

/** A day with something for every section. */
export function sampleDay(): DigestSource {
  const threads = [
    regression,
    thread({
      id: 'netback@mara',
      subject: 'dom0 crash in xen-netback with 4.13.3',
      messages: [message({ id: 'netback@mara', date: '2017-09-29T05:12:40.000Z', from: MARA })],
      symptoms: ['crash'],
      severity: 80,
      summary: 'dom0 crashes under network load since 4.13.3.',
      traces: [
        trace({ message: 'netback@mara', kind: 'oops', culprit: 'xenvif_rx_skb', fingerprint: 'feedfeedfeedfeed' }),
      ],
    }),
    thread({
      id: 'earlier@mara',
      subject: 'oops in xen-netback',
      messages: [
        message({ id: 'earlier@mara', date: '2017-09-27T05:12:40.000Z', from: MARA }),
        message({ id: 'fix@felix', parent: 'earlier@mara', date: '2017-09-29T09:00:00.000Z', from: FELIX }),
      ],
      status: 'fixed',
      fixedBy: '0123456789ab ("xen-netback: count slots once")',
      traces: [trace({ message: 'earlier@mara', fingerprint: 'feedfeedfeedfeed' })],
    }),
    thread({
      id: 'silent@tove',
      subject: 'xl shutdown hangs',
      messages: [message({ id: 'silent@tove', date: '2017-09-21T10:00:00.000Z', from: TOVE })],
      symptoms: ['hang'],
    }),
    thread({
      id: 'asked@tove',
      subject: 'no network after migration',
      status: 'needs-info',
      messages: [
        message({ id: 'asked@tove', date: '2017-09-18T10:00:00.000Z', from: TOVE }),
        message({ id: 'ask@felix', parent: 'asked@tove', date: '2017-09-19T10:00:00.000Z', from: FELIX }),
      ],
    }),
    thread({ ...single('how@tove', 'How to read the maximum memory?', TOVE), genre: 'question' }),
    thread({ ...single('flight1', '[xen-unstable test] 113900: regressions - FAIL', TOVE), genre: 'ci' }),
    thread({ ...single('flight2', '[xen-unstable test] 113917: regressions - FAIL', TOVE), genre: 'ci' }),
    thread({ ...single('flight3', '[ovmf test] 113918: all pass - PUSHED', TOVE), genre: 'ci' }),
    thread({ ...single('patch@felix', '[PATCH] xl: share code', FELIX), genre: 'patch' }),
    thread({ ...single('rc@owen', 'Xen 4.10 rc1', FELIX), genre: 'announcement' }),
  ];
  const window = { from: '2017-09-29T00:00:00.000Z', to: '2017-09-30T00:00:00.000Z' };
  const ids = threads.flatMap(({ messages }) =>
    messages.filter(({ date }) => date !== null && date >= window.from && date < window.to).map(({ id }) => id),
  );
  return {
    list: 'xen-devel',
    window,
    threads,
    arrived: new Set(ids),
    statusBefore: new Map([['earlier@mara', 'acknowledged']]),
    counts: { mails: ids.length, threads: 9, failures: 1, nearMisses: 12 },
  };
}

const MARA = { name: 'Mara Quist', address: 'mara@example.org' };
const FELIX = { name: 'Felix Arden', address: 'felix@example.org' };
const TOVE = { name: 'Tove Anker', address: 'tove@example.org' };

function single(id: string, subject: string, from: TriageMessage['from']) {
  return { id, subject, messages: [message({ id, subject, from, date: '2017-09-29T12:00:00.000Z' })] };
}
