import { describe, expect, it } from 'vitest';
import { readFrame } from '../../../../src/evidence/trace/linux/read-frame.ts';
import type { Frame } from '../../../../src/model/evidence.ts';

const frame = (name: string, rest: Partial<Frame> = {}): Frame => ({
  function: name,
  offset: null,
  size: null,
  address: null,
  module: null,
  reliable: true,
  location: null,
  ...rest,
});

describe('readFrame', () => {
  it.each<readonly [string, string, Frame]>([
    [
      'x86 of today',
      '  e1000_probe+0x41f/0xdb0 [e1000e]',
      frame('e1000_probe', { offset: 0x41f, size: 0xdb0, module: 'e1000e' }),
    ],
    ['x86, doubtful', ' ? find_watch+0x40/0x40', frame('find_watch', { offset: 0x40, size: 0x40, reliable: false })],
    [
      'x86 with an address',
      ' [<ffffffff81004d79>] xen_mc_flush+0xfd/0x1a0',
      frame('xen_mc_flush', { offset: 253, size: 416, address: 'ffffffff81004d79' }),
    ],
    [
      'x86, doubtful with an address',
      ' [<ffffffff813a1ff0>] ?  resume+0x20/0x20',
      frame('resume', { offset: 32, size: 32, address: 'ffffffff813a1ff0', reliable: false }),
    ],
    [
      'x86-32',
      ' [<c0103d69>] show_stack_log_lvl+0x9d/0xa9',
      frame('show_stack_log_lvl', { offset: 0x9d, size: 0xa9, address: 'c0103d69' }),
    ],
    [
      'module in front',
      '[<ffffffff8801>] :ir_common:ir_input_free+0x26/0x3e',
      frame('ir_input_free', { offset: 0x26, size: 0x3e, address: 'ffffffff8801', module: 'ir_common' }),
    ],
    [
      'behind a stack switch',
      ' <EOI>  [<ffffffff8100>] ? xen_safe_halt+0x10/0x20',
      frame('xen_safe_halt', { offset: 16, size: 32, address: 'ffffffff8100', reliable: false }),
    ],
    [
      'behind the marker',
      'Call Trace: [<c0103d69>] foo+0x9d/0xa9',
      frame('foo', { offset: 0x9d, size: 0xa9, address: 'c0103d69' }),
    ],
    [
      'module with a build id',
      ' foo+0x1/0x2 [bar 0123456789abcdef0123456789abcdef01234567]',
      frame('foo', { offset: 1, size: 2, module: 'bar' }),
    ],
    [
      'compiler suffixes stay',
      ' __pci_enable.part.0.isra.3+0x1/0x2',
      frame('__pci_enable.part.0.isra.3', { offset: 1, size: 2 }),
    ],
    ['arm64 with flags', ' __switch_to+0x2b0/0x6e0 (T)', frame('__switch_to', { offset: 0x2b0, size: 0x6e0 })],
    [
      'arm',
      '[<c010cdd0>] (show_stack) from [<c0bf240c>] (dump_stack_lvl+0x58/0x70)',
      frame('show_stack', { address: 'c010cdd0' }),
    ],
    [
      'arm with offsets',
      '[<c0013bfc>] (unwind_backtrace+0x0/0xf8) from [<c0011a04>] (show_stack+0x10/0x14)',
      frame('unwind_backtrace', { offset: 0, size: 0xf8, address: 'c0013bfc' }),
    ],
    ['arm of today', ' dump_backtrace from show_stack+0x20/0x24', frame('dump_backtrace')],
    [
      'ppc',
      '[c00000003ae5b800] [c00000000135c19c] dump_stack+0x128/0x1cc (unreliable)',
      frame('dump_stack', { offset: 0x128, size: 0x1cc, address: 'c00000003ae5b800', reliable: false }),
    ],
    [
      'riscv',
      '[<ffffffff80004d4a>] show_stack+0x2c/0x38',
      frame('show_stack', { offset: 0x2c, size: 0x38, address: 'ffffffff80004d4a' }),
    ],
    [
      's390',
      ' ([<00000000158de23a>] dump_stack_lvl+0xfa/0x150)',
      frame('dump_stack_lvl', { offset: 0xfa, size: 0x150, address: '00000000158de23a' }),
    ],
    [
      'with a source line',
      ' [<ffffffff85c73a22>] kmemleak_alloc+0x72/0xc0 mm/kmemleak.c:915',
      frame('kmemleak_alloc', { offset: 0x72, size: 0xc0, address: 'ffffffff85c73a22', location: 'mm/kmemleak.c:915' }),
    ],
    [
      'inlined',
      ' fixup_bug arch/x86/kernel/traps.c:178 [inline]',
      frame('fixup_bug', { location: 'arch/x86/kernel/traps.c:178' }),
    ],
    [
      'decoded by the script',
      ' dump_stack_lvl (lib/dump_stack.c:88 (discriminator 1))',
      frame('dump_stack_lvl', { location: 'lib/dump_stack.c:88' }),
    ],
    [
      'decoded with inlined ones',
      ' bounce (./include/linux/swiotlb.h:114 drivers/iommu/dma-iommu.c:515)',
      frame('bounce', { location: 'drivers/iommu/dma-iommu.c:515' }),
    ],
  ])('%s', (_, text, wanted) => {
    expect(readFrame(text)).toEqual(wanted);
  });

  it.each([
    ['instruction pointer', 'RIP: 0010:strlen+0x0/0x30'],
    ['headline', 'BUG: KASAN: use-after-free in foo+0x64/0xb0'],
    ['lock state', '#0:  (rcu_read_lock){....}, at: debug_show_all_locks+0x28/0x260'],
    ['interrupt counters', 'hardirqs last enabled at (7): [<ffffffff81c66ccf>] d_walk+0x80f/0xc80'],
    ['disassembly', '26b8c8: eef53a10 vmrs r3, mvfr2'],
    ['stack words', ' ffff880149b83dd8 ffffffff8146cdf7'],
    ['prose', 'It crashes in foo (drivers/foo.c) when I unplug it.'],
  ])('not %s', (_, text) => expect(readFrame(text)).toBeNull());
});
