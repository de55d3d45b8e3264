import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findFunctions } from '../../../src/routing/trees/find-functions.ts';
import { plainSystemCall } from '../../../src/routing/trees/generated-names.ts';

describe('functions that a file defines', () => {
  it.each([
    ['a definition', 'a.c', 'static int __init alpha_init(void)\n{\n}\n', ['alpha_init']],
    ['over several lines', 'a.c', 'struct x *\nalpha_get(int a,\n          int b)\n{\n', ['alpha_get']],
    ['static inline in a header', 'a.h', 'static inline int alpha(int a) { return a; }\n', ['alpha']],
    ['a body on one line does not hide the next', 'a.h', 'int a(void)\n{ }\nint beta(void)\n{ }\n', ['a', 'beta']],
    [
      'a body is passed over',
      'a.c',
      'int alpha(void)\n{\nif (x) {\ngamma(1) {\n}\nint b(int c)\n{\n}\n',
      ['alpha', 'b'],
    ],
    ['not a declaration', 'a.h', 'int alpha(void);\nextern void beta(int a);\n', []],
    ['not a macro or a call', 'a.c', '#define alpha(x) {\n\talpha(1);\n', []],
    ['not what continues a macro', 'a.c', '#define A(x) \\\nint alpha(void) { \\\n}\nint b(void)\n{\n', ['b']],
    ['not a keyword', 'a.c', 'if (x)\n{\n', []],
    ['not in a comment', 'a.c', '/* see\nalpha(x) {\n*/\nint b(void)\n{\n', ['b']],
    ['a comment in the head', 'a.c', 'int alpha(int a /* ) { */, int b)\n{\n', ['alpha']],
    ['not a table', 'a.c', 'static const struct x y = {\n\t.a = alpha(1),\n};\n', []],
    ['attributes before and behind', 'a.c', '__printf(1, 2) int alpha(int a) __acquires(b)\n{\n', ['alpha']],
    ['a macro without its semicolon before it', 'a.c', 'MODULE_LICENSE("x")\nint alpha(void)\n{\n', ['alpha']],
    ['a function that gives one', 'a.c', 'int (*alpha(int a))(int)\n{\n', ['alpha']],
    ['preprocessor lines inside the head', 'a.c', 'int alpha(int a\n#ifdef B\n, int b\n#endif\n)\n{\n', ['alpha']],
    ['a system call', 'a.c', 'SYSCALL_DEFINE2(alpha, int, a, int, b)\n{\n', ['sys_alpha']],
    ['one for old programs', 'a.c', 'COMPAT_SYSCALL_DEFINE1(alpha, int, a)\n{\n', ['compat_sys_alpha']],
    ['an exception', 'a.c', 'DEFINE_IDTENTRY_RAW(exc_alpha)\n{\n', ['exc_alpha']],
    ['a hypercall', 'a.c', 'long DO(alpha_op)(int cmd)\n{\n', ['do_alpha_op']],
    [
      'a driver that is declared',
      'a.c',
      'module_pci_driver(alpha_driver);\n',
      ['alpha_driver_init', 'alpha_driver_exit'],
    ],
    ['a file in debugfs', 'a.c', 'DEFINE_SHOW_ATTRIBUTE(alpha);\n', ['alpha_open']],
    ['not an export', 'a.c', 'EXPORT_SYMBOL(alpha);\n', []],
    ['a struct in a macro hides nothing', 'a.c', 'TEST(struct a {\nint b;\n} a;)\nint alpha(void)\n{\n}\n', ['alpha']],
    ['assembly', 'e.S', 'ENTRY(alpha_enter)\nbeta_loop:\n', ['alpha_enter', 'beta_loop']],
    [
      'newer assembly',
      'e.S',
      'SYM_FUNC_START_LOCAL(alpha)\nSYM_TYPED_FUNC_START(beta)\nFUNC(gamma)\n',
      ['alpha', 'beta', 'gamma'],
    ],
    ['python', 'x.py', 'class A:\n    def run(self):\n', ['run']],
    ['ocaml', 'x.ml', 'let rec walk a b = 1\nand step a = 2\n', ['walk', 'step']],
    ['other files', 'x.txt', 'int alpha(void)\n{\n', []],
  ])('%s', (_what, path, text, expected) => {
    expect(findFunctions(path, () => text)).toEqual(expected);
  });

  it('survives whatever a file holds', () => {
    const piece = fc.constantFrom(
      'a',
      'int ',
      '(',
      ')',
      '{',
      '}',
      '\n',
      '"',
      "'",
      '/*',
      '*/',
      '//',
      '\\\n',
      '#',
      ';',
      '=',
      'é',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 200 }), (pieces) => {
        for (const name of findFunctions('a.c', () => pieces.join(''))) expect(name).toMatch(/^\w+$/);
      }),
    );
  });

  it.each([
    ['one endless line', 'a('.repeat(500_000)],
    ['words without an end', 'int '.repeat(500_000)],
    ['lines of one letter', 'a\n'.repeat(500_000)],
    ['open comments', '/*\n'.repeat(300_000)],
    ['open quotes', 'a("\n'.repeat(300_000)],
    ['heads without bodies', 'int alpha(int a)\n'.repeat(100_000)],
    ['bodies that never close', 'int alpha(int a)\n{\n'.repeat(100_000)],
    ['bodies with one brace far away', `${'int a(void)\n{\n'.repeat(60_000)}}`],
  ])('reads %s in time', (_what, text) => {
    const start = performance.now();
    findFunctions('a.c', () => text);
    expect(performance.now() - start).toBeLessThan(3000);
  });
});

it.each([
  ['__x64_sys_openat', 'sys_openat'],
  ['__do_sys_openat', 'sys_openat'],
  ['__ia32_compat_sys_ioctl', 'compat_sys_ioctl'],
  ['SyS_openat', 'sys_openat'],
  ['sys_openat', 'sys_openat'],
  ['my_sys_openat', 'my_sys_openat'],
])('the system call of %s', (name, plain) => {
  expect(plainSystemCall(name)).toBe(plain);
});
