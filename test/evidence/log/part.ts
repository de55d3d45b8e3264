import type { Part } from '../../../src/model/message.ts';

/** A body with that text. */
export function toPart(text: string, options: Partial<Pick<Part, 'flowed' | 'delSp'>> = {}): Part {
  return { name: 'body', type: 'text/plain', text, flowed: false, delSp: false, ...options };
}
