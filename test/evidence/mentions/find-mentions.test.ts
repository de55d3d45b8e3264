import { expect, it } from 'vitest';
import { findMentions } from '../../../src/evidence/mentions/find-mentions.ts';
import { makeMail, makeParts } from '../make-mail.ts';

function mentions(body: string): string[] {
  const message = makeMail({ body });
  return findMentions(message, makeParts(message)).map(({ kind, value }) => `${kind} ${value}`);
}

it.each<[string, string, string[]]>([
  ['a source file', 'It is in arch/x86/xen/mmu.c there.', ['file arch/x86/xen/mmu.c']],
  ['a header by its name alone', 'See event_channel.h for it.', ['file event_channel.h']],
  ['a makefile', 'Built by tools/libs/light/Makefile.', ['file tools/libs/light/Makefile']],
  ['functions', 'xen_alloc_pte() calls xen_mc_flush().', ['function xen_alloc_pte', 'function xen_mc_flush']],
  ['a commit by its id', 'Since commit 1a2b3c4d5e6f it fails.', ['commit 1a2b3c4d5e6f']],
  ['a commit with its subject', 'This is 1a2b3c4d5e6f ("x86: a change").', ['commit 1a2b3c4d5e6f']],
  ['a changeset', 'Fixed by c/s 1a2b3c4d5e6f.', ['commit 1a2b3c4d5e6f']],
  ['a tag', 'Fixes: 1a2b3c4d5e6f ("x86: a change")', ['commit 1a2b3c4d5e6f']],
  [
    'a bisection',
    '1a2b3c4d5e6f708192a3b4c5d6e7f80912345678 is the first bad commit',
    ['commit 1a2b3c4d5e6f708192a3b4c5d6e7f80912345678'],
  ],
  [
    'a link to a report',
    'As in https://lore.kernel.org/xen-devel/a@example.org/.',
    ['link https://lore.kernel.org/xen-devel/a@example.org/'],
  ],
  ['a module', 'The xen_netback module is loaded.', ['module xen_netback']],
  ['each once', 'xen_alloc_pte() and xen_alloc_pte() again.', ['function xen_alloc_pte']],
  [
    'the files that a compiler complains of, each once',
    "make fails:\n\narch/x86/mm/loom.c:12:5: error: too few threads\narch/x86/mm/loom.c:14:5: error: too many threads\ndrivers/xen/warp.c: In function 'weave':\n",
    ['file arch/x86/mm/loom.c', 'file drivers/xen/warp.c'],
  ],
  ['nothing quoted', '> xen_alloc_pte() in arch/x86/xen/mmu.c\n', []],
  ['no C library', 'It calls printf() and malloc().', []],
  ['no date for a commit', 'Since commit 20210406 it fails.', []],
  ['no base of a series', 'base-commit: 1a2b3c4d5e6f708192a3b4c5d6e7f80912345678', []],
  [
    'the files of a patch, each once',
    'Try this:\n\ndiff --git a/xen/common/old.c b/xen/common/new.c\n--- a/xen/common/old.c\n+++ b/xen/common/new.c\n@@ -1,2 +1,2 @@\n-a\n+b\n',
    ['file xen/common/new.c', 'file xen/common/old.c'],
  ],
  ['a file that a patch takes away', '--- a/tools/gone.c\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n', ['file tools/gone.c']],
  ['no files of a quoted patch', '> diff --git a/xen/common/a.c b/xen/common/a.c\n> +++ b/xen/common/a.c\n', []],
  ['no shop', 'See https://example.org/shop/cart.c for it.', []],
])('%s', (_name, body, expected) => {
  expect(mentions(body)).toEqual(expected);
});
