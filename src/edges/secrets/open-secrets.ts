import type { SecretPlace } from '../../model/mailbox.ts';
import type { Clock } from '../../ports.ts';
import type { Revealed, Secrets } from '../../ports/secrets.ts';
import { readOAuth2File, writeRefreshToken } from './oauth2-file.ts';
import { tradeRefreshToken } from './refresh-token.ts';
import { runSecretCommand } from './secret-command.ts';
import { readSecretFile } from './secret-file.ts';
import { toFirstLine, type SecretText } from './secret-text.ts';

export interface SecretPorts {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** Told in one line what a person should know although a secret was found. */
  readonly warn?: (line: string) => void;
  readonly commandMs?: number;
  readonly requestMs?: number;
}

const REQUEST_MS = 20_000;
/** A token that is about to expire may do so on the way. */
const MARGIN_MS = 60_000;

interface Held {
  readonly token: string;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/** Secrets as they lie on this machine. Access tokens are held in memory until shortly before they expire; see {@link Secrets}. */
export function openSecrets(ports: SecretPorts): Secrets {
  const held = new Map<string, Held>();
  const trading = new Map<string, Promise<Revealed>>();

  /** Several mailboxes of one account trade once. */
  const tradeOnce = (path: string): Promise<Revealed> => {
    const running = trading.get(path);
    if (running) return running;
    const started = trade(path, held, ports).finally(() => trading.delete(path));
    trading.set(path, started);
    return started;
  };

  return {
    async reveal(place) {
      if (place.kind !== 'oauth2') return toPassword(await find(place, ports), place);
      const token = held.get(place.path);
      if (token && token.until > ports.clock.now().getTime()) return toToken(token.token);
      return tradeOnce(place.path);
    },
    forget(place) {
      if (place.kind === 'oauth2') held.delete(place.path);
    },
  };
}

type PasswordPlace = Exclude<SecretPlace, { kind: 'oauth2' }>;

async function find(place: PasswordPlace, { env, commandMs }: SecretPorts): Promise<SecretText> {
  switch (place.kind) {
    case 'file':
      return readSecretFile(place.path);
    case 'command':
      return runSecretCommand(place.command, { env, timeoutMs: commandMs });
    case 'environment': {
      const value = env[place.name];
      if (value !== undefined && value !== '') return { kind: 'text', text: value };
      return { kind: 'failure', reason: `${place.name} is not set`, retry: 'never' };
    }
  }
}

/** How a place is called where it is told what is wrong with it. */
export function writePlace(place: SecretPlace): string {
  switch (place.kind) {
    case 'file':
      return `the secret file ${place.path}`;
    case 'command':
      return 'the password command';
    case 'environment':
      return place.name;
    case 'oauth2':
      return `the OAuth2 file ${place.path}`;
  }
}

function toPassword(found: SecretText, place: PasswordPlace): Revealed {
  if (found.kind === 'failure') return found;
  const password = toFirstLine(found.text);
  if (password === '') {
    return { kind: 'failure', reason: `${writePlace(place)} has an empty first line`, retry: 'never' };
  }
  return { kind: 'credential', credential: { kind: 'password', password } };
}

function toToken(token: string): Revealed {
  return { kind: 'credential', credential: { kind: 'access-token', token } };
}

async function trade(path: string, held: Map<string, Held>, ports: SecretPorts): Promise<Revealed> {
  const read = await readOAuth2File(path);
  if (read.kind === 'failure') return read;
  const traded = await tradeRefreshToken(read.file, { timeoutMs: ports.requestMs ?? REQUEST_MS });
  if (traded.kind === 'failure') return traded;
  const { accessToken, seconds, refreshToken } = traded;
  held.set(path, { token: accessToken, until: ports.clock.now().getTime() + seconds * 1000 - MARGIN_MS });
  if (refreshToken !== null && refreshToken !== read.file.refreshToken) {
    const written = await writeRefreshToken(path, read.file, refreshToken);
    if (!written) ports.warn?.(`the server gave a new refresh token, and ${path} cannot be written: sign in anew soon`);
  }
  return toToken(accessToken);
}
