/** A real Dovecot of its own for tests: in a folder of its own, on ports of its own, as a user that is not root. */
import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { chmodSync, chownSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import {
  findFreePort,
  makeServerFolder,
  startServer,
  stopServer,
  untilReady,
  type ServerProcess,
} from './server-process.ts';

export const DOVECOT_USER = 'bot';
export const DOVECOT_PASSWORD = 'correct-horse-4711';
const TOKEN_KEY = 'a key that only this test server knows';

export interface Dovecot {
  /** Plain, with STARTTLS. */
  readonly port: number;
  /** TLS from the first byte. */
  readonly tlsPort: number;
  readonly folder: string;
  /** The certificate that it shows: self-signed, for 127.0.0.1 and localhost. */
  readonly certificate: string;
  /** Ends it at once, and starts it again on the same ports with the same mail. */
  readonly restart: () => Promise<void>;
  readonly stop: () => Promise<void>;
  readonly start: () => Promise<void>;
  /** Stops it for good and removes its folder. */
  readonly remove: () => Promise<void>;
  /** What it has written to its log. */
  readonly log: () => string;
  /** An access token of the user, good for so many seconds from now (which may be negative). */
  readonly token: (seconds: number) => string;
}

/** Starts a Dovecot with one user, passwords and access tokens. */
export async function startDovecot(): Promise<Dovecot> {
  const { folder, remove } = makeServerFolder('dovecot');
  const [port, tlsPort] = [await findFreePort(), await findFreePort()];
  const certificate = join(folder, 'cert.pem');
  writeSettings(folder, { port, tlsPort });
  ownAll(folder);
  let server: ServerProcess | null = null;
  const start = async (): Promise<void> => {
    server = startServer('dovecot', ['-F', '-c', join(folder, 'dovecot.conf')]);
    await untilReady(server, () => greet(port));
  };
  const stop = async (): Promise<void> => {
    if (server !== null) await stopServer(server, 'SIGTERM');
    server = null;
  };
  await start();
  return {
    port,
    tlsPort,
    folder,
    certificate,
    start,
    stop,
    restart: async () => {
      await stop();
      await start();
    },
    remove: async () => {
      await stop();
      remove();
    },
    log: () => readFileSync(join(folder, 'dovecot.log'), 'utf8'),
    token: toToken,
  };
}

/** Waits for the server's greeting. */
async function greet(port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    socket.setTimeout(1000, () => socket.destroy(new Error('no greeting')));
    socket.on('error', reject);
    socket.once('data', () => {
      socket.destroy();
      resolve();
    });
  });
}

function writeSettings(folder: string, { port, tlsPort }: { readonly port: number; readonly tlsPort: number }): void {
  const key = join(folder, 'key.pem');
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost'];
  const keys = ['-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', key, '-out', join(folder, 'cert.pem')];
  execFileSync('openssl', ['req', '-x509', ...keys, ...subject], { stdio: 'pipe' });
  const keyFile = join(folder, 'keys', 'default', 'HS256', 'default');
  mkdirSync(dirname(keyFile), { recursive: true });
  writeFileSync(keyFile, Buffer.from(TOKEN_KEY).toString('base64'));
  writeFileSync(join(folder, 'users'), `${DOVECOT_USER}:{PLAIN}${DOVECOT_PASSWORD}::::::\n`);
  writeFileSync(
    join(folder, 'oauth2.conf.ext'),
    [
      'introspection_mode = local',
      `local_validation_key_dict = fs:posix:prefix=${join(folder, 'keys')}/`,
      'username_attribute = sub',
      '',
    ].join('\n'),
  );
  writeFileSync(join(folder, 'dovecot.conf'), toConfiguration(folder, { port, tlsPort }));
}

function toConfiguration(
  folder: string,
  { port, tlsPort }: { readonly port: number; readonly tlsPort: number },
): string {
  const { uid, gid } = serverIds();
  const user = execFileSync('id', ['-un', String(uid)], { encoding: 'utf8' }).trim();
  const group = execFileSync('id', ['-gn', String(uid)], { encoding: 'utf8' }).trim();
  return `
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/dovecot.log
instance_name = heddle-${port}
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <${folder}/cert.pem
ssl_key = <${folder}/key.pem
disable_plaintext_auth = no
auth_mechanisms = plain login xoauth2 oauthbearer
default_internal_user = ${user}
default_internal_group = ${group}
default_login_user = ${user}
first_valid_uid = 0
first_valid_gid = 0
mail_location = sdbox:~/sdbox
mail_fsync = never
mail_max_userip_connections = 100
mailbox_idle_check_interval = 2 s
auth_failure_delay = 0
passdb {
  driver = passwd-file
  args = ${folder}/users
}
passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = ${folder}/oauth2.conf.ext
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${folder}/mail/%u
}
namespace inbox {
  inbox = yes
  separator = /
}
service anvil {
  chroot =
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service imap-login {
  chroot =
  inet_listener imap {
    address = 127.0.0.1
    port = ${port}
  }
  inet_listener imaps {
    address = 127.0.0.1
    port = ${tlsPort}
    ssl = yes
  }
}
service stats {
  chroot =
}
`;
}

/** Who the server runs as: the owner of its folder. */
function serverIds(): { readonly uid: number; readonly gid: number } {
  const { uid, gid } = userInfo();
  return uid === 0 ? { uid: 65_534, gid: 65_534 } : { uid, gid };
}

function ownAll(folder: string): void {
  const { uid, gid } = serverIds();
  const waiting = [folder];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    chownSync(next, uid, gid);
    if (!statSync(next).isDirectory()) continue;
    for (const name of readdirSync(next)) waiting.push(join(next, name));
  }
  chmodSync(join(folder, 'key.pem'), 0o600);
}

/** A token as RFC 7519 has it, signed with the key that the server knows (HS256). */
function toToken(seconds: number): string {
  const now = Math.floor(Date.now() / 1000);
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const head = encode({ alg: 'HS256', typ: 'JWT' });
  const claims = encode({
    sub: DOVECOT_USER,
    iss: 'https://example.org',
    iat: now - 7200,
    nbf: now - 7200,
    exp: now + seconds,
  });
  const signature = createHmac('sha256', TOKEN_KEY).update(`${head}.${claims}`).digest('base64url');
  return `${head}.${claims}.${signature}`;
}
