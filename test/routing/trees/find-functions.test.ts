import { expect, it } from 'vitest';
import { findFunctions } from '../../../src/routing/trees/find-functions.ts';

it.each([
  ['a definition', 'a.c', 'static int __init alpha_init(void)\n{\n}\n', ['alpha_init']],
  ['over several lines', 'a.c', 'struct x *\nalpha_get(int a,\n          int b)\n{\n', ['alpha_get']],
  ['not a declaration', 'a.h', 'int alpha(void);\nextern void beta(int a);\n', []],
  ['not a macro or a call', 'a.c', '#define alpha(x) {\n\talpha(1);\n', []],
  ['not a keyword', 'a.c', 'if (x)\n{\n', []],
  ['assembly', 'e.S', 'ENTRY(alpha_enter)\nbeta_loop:\n', ['alpha_enter', 'beta_loop']],
  ['python', 'x.py', 'class A:\n    def run(self):\n', ['run']],
  ['ocaml', 'x.ml', 'let rec walk a b = 1\n', ['walk']],
  ['other files', 'x.txt', 'int alpha(void)\n{\n', []],
])('%s', (_what, path, text, expected) => {
  expect(findFunctions(path, () => text)).toEqual(expected);
});
