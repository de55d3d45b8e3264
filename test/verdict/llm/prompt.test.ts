import { describe, expect, it } from 'vitest';
import { loadPrompt } from '../../../src/verdict/llm/load-prompt.ts';
import { readPrompt, renderPrompt } from '../../../src/verdict/llm/prompt.ts';

const TEXT =
  '---\nname: greet\nversion: 3\nanswer-tokens: 50\n---\n\n## system\n\nBe kind to {{who}}.\n\n## user\n\nGreet {{who}}: {{mail}}\n';

describe('readPrompt', () => {
  it('reads what stands in front, and both parts', () => {
    expect(readPrompt(TEXT)).toEqual({
      name: 'greet',
      version: '3',
      answerTokens: 50,
      system: 'Be kind to {{who}}.',
      user: 'Greet {{who}}: {{mail}}',
    });
  });

  it.each([
    { name: 'no head', text: TEXT.slice(TEXT.indexOf('## system')) },
    { name: 'no version', text: TEXT.replace('version: 3\n', '') },
    { name: 'no number of tokens', text: TEXT.replace('50', 'some') },
    { name: 'no user part', text: TEXT.replace('## user', '## other') },
  ])('refuses $name', ({ text }) => {
    expect(() => readPrompt(text)).toThrow(/a prompt needs/);
  });

  it('reads every prompt of ours', () => {
    expect(loadPrompt('classify')).toMatchObject({ name: 'classify', version: '1' });
  });
});

describe('renderPrompt', () => {
  const prompt = readPrompt(TEXT);

  it('fills every slot, and never looks into what it filled in', () => {
    const rendered = renderPrompt(prompt, { who: '{{mail}}', mail: '{{who}} $& $1 {{unknown}}' });

    expect(rendered).toEqual({
      system: 'Be kind to {{mail}}.',
      user: 'Greet {{mail}}: {{who}} $& $1 {{unknown}}',
    });
  });

  it.each<{ name: string; slots: Readonly<Record<string, string>>; says: RegExp }>([
    { name: 'a slot without text', slots: { who: 'Ann' }, says: /nothing to fill \{\{mail\}\} with/ },
    { name: 'a text without slot', slots: { who: 'Ann', mail: '', more: '' }, says: /no slot for more/ },
    { name: 'a slot of every object', slots: { mail: '', constructor: '' }, says: /nothing to fill \{\{who\}\}/ },
  ])('throws for $name', ({ slots, says }) => {
    expect(() => renderPrompt(prompt, slots)).toThrow(says);
  });
});
