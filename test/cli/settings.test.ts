import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig, SETTINGS } from '../../src/config.ts';
import { runHeddle } from './run-heddle.ts';

const root = join(import.meta.dirname, '../..');
const read = (name: string) => readFileSync(join(root, name), 'utf8');

describe('settings', () => {
  it('have defaults for everything', () => {
    expect(readConfig({})).toMatchObject({
      store: 'heddle.db',
      database: { passwordFile: null, connections: 5 },
      redis: null,
      list: 'xen-devel',
      trees: 'heddle-trees',
      llm: null,
      colour: true,
    });
  });

  it('are read, and are not set where they are empty', () => {
    expect(readConfig({ HEDDLE_STORE: ' a.db ', HEDDLE_LIST: '', NO_COLOR: '1' })).toMatchObject({
      store: 'a.db',
      list: 'xen-devel',
      trees: 'heddle-trees',
      llm: null,
      colour: false,
    });
  });

  it('of a database come by two names, and the plainer one wins', () => {
    const DATABASE_URL = 'postgres://heddle@db.example.org/heddle';
    expect(readConfig({ DATABASE_URL }).store).toBe(DATABASE_URL);
    expect(readConfig({ DATABASE_URL, HEDDLE_STORE: 'a.db' }).store).toBe('a.db');
  });

  it('of a model are read, with defaults', () => {
    expect(readConfig({ HEDDLE_LLM_URL: 'http://localhost:8080/v1', HEDDLE_LLM_MODEL: 'small' }).llm).toEqual({
      url: 'http://localhost:8080/v1',
      model: 'small',
      key: null,
      keyFile: null,
      limits: { requests: 500, tokens: 2_000_000 },
      timeoutMs: 60_000,
      summaries: false,
      folder: 'heddle-llm',
    });
  });

  it.each([
    { name: 'a model without a server', env: { HEDDLE_LLM_MODEL: 'small' }, says: /both, or neither/ },
    { name: 'a server without a model', env: { HEDDLE_LLM_URL: 'http://localhost/v1' }, says: /both, or neither/ },
    { name: 'a server that is no link', env: { HEDDLE_LLM_URL: 'localhost', HEDDLE_LLM_MODEL: 'm' }, says: /http:/ },
    { name: 'a budget that is no number', env: { HEDDLE_LLM_DAILY_REQUESTS: 'many' }, says: /whole number above 0/ },
    { name: 'a budget of nothing', env: { HEDDLE_LLM_DAILY_TOKENS: '0' }, says: /whole number above 0/ },
  ])('are refused with $name', ({ env, says }) => {
    expect(() => readConfig(env)).toThrow(says);
  });

  it('stand in .env.example, all of them and no others', () => {
    const named = [...read('.env.example').matchAll(/^(?<name>[A-Z_]+)=/gm)].map((match) => match.groups?.['name']);

    expect(named.toSorted()).toEqual([...SETTINGS].toSorted());
  });
});

describe('the container', () => {
  const compose = read('docker-compose.yml');
  const image = read('Dockerfile');

  it('sets only settings that exist', () => {
    const named = [...compose.matchAll(/^ {4}(?<name>(?:HEDDLE_|REDIS_|DATABASE_)[A-Z_]+):/gm)].map(
      (match) => match.groups?.['name'] ?? '',
    );

    expect(named.filter((name) => !SETTINGS.includes(name))).toEqual([]);
    expect(named).toContain('HEDDLE_STORE');
    expect(named).toContain('REDIS_URL');
  });

  it('keeps what lies in files on a volume that the image declares', () => {
    const folders = [...compose.matchAll(/HEDDLE_(?:TREES|ARCHIVES): (?<folder>\S+)/g)].map(
      (match) => match.groups?.['folder'] ?? '',
    );

    expect(folders.filter((folder) => !folder.startsWith('/data/'))).toEqual([]);
    expect(compose).toMatch(/- data:\/data$/m);
    expect(image).toMatch(/^VOLUME \/data$/m);
  });

  it('runs commands that exist, with options that they have', async () => {
    const commands = [...compose.matchAll(/command: \[(?<words>'(?:work|serve)'[^\]]*)\]/g)].map((match) =>
      (match.groups?.['words'] ?? '').split(', ').map((word) => word.slice(1, -1)),
    );
    expect(commands.map(([command]) => command)).toEqual(['work', 'work', 'serve']);
    for (const [command = '', ...words] of commands) {
      const { out } = await runHeddle([command, '--help']);
      expect(words.filter((word) => word.startsWith('--') && !out.includes(`${word} <`))).toEqual([]);
    }
    const jobs = commands
      .filter(([command]) => command === 'work')
      .flatMap(([, ...words]) => words.filter((word) => /^[a-z]+$/.test(word)));
    expect(jobs.toSorted()).toEqual(['ingest', 'poll', 'triage']);
  });

  it('copies every folder that the package ships, and runs as no superuser', () => {
    const { files, bin } = JSON.parse(read('package.json')) as { files: string[]; bin: { heddle: string } };
    const folders = files.filter((name) => !name.includes('.'));

    expect(folders.filter((name) => !image.includes(`/app/${name} ./${name}`))).toEqual([]);
    expect(image).toContain(`/app/${bin.heddle}`);
    expect(image).toMatch(/^USER node$/m);
  });
});
