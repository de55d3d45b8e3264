import { expect, it } from 'vitest';
import { toPlainLetters } from '../../src/lib/plain-letters.ts';

it.each([
  ['Jürgen Groß', 'juergen gross'],
  ['Juergen Gross', 'juergen gross'],
  ['u\u0308ber', 'ueber'],
  ['Monné', 'monne'],
  ['Håkon Bjørn', 'haakon bjoern'],
  ['Paweł', 'pawel'],
  ['', ''],
])('%j in plain letters', (name, plain) => {
  expect(toPlainLetters(name)).toBe(plain);
});
