/** A real public-inbox of its own for tests, served over HTTP (pages and git) and IMAP on ports of its own. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import {
  findFreePort,
  makeServerFolder,
  runAsServer,
  startServer,
  stopServer,
  untilReady,
  type ServerProcess,
} from './server-process.ts';

export const LIST = 'heddle-list';
const GROUP = 'inbox.test.heddle-list';

export interface PublicInbox {
  /** `http://127.0.0.1:PORT/heddle-list/`. */
  readonly base: string;
  /** The folder of its newsgroup on the IMAP server. */
  readonly imap: string;
  /** The inbox on disk, with `git/0.git`. */
  readonly path: string;
  /** Writes mails into it at once, as its importers do. */
  readonly load: (mails: readonly Buffer[]) => Promise<void>;
  /** Delivers mails one by one with public-inbox-mda, as a mail server does. */
  readonly deliver: (mails: readonly Buffer[]) => Promise<void>;
  /** Takes mails out of its history, so that all commits after them are new ones. */
  readonly purge: (mails: readonly Buffer[]) => Promise<void>;
  /** Writes mails into a new epoch. */
  readonly beginEpoch: (mails: readonly Buffer[]) => Promise<void>;
  readonly remove: () => Promise<void>;
}

/** The importer that public-inbox's own programs use, for a thousand mails in one process. */
const IMPORT = `
  my ($name, $file, $rotate) = @ARGV;
  my $inbox = PublicInbox::InboxWritable->new(PublicInbox::Config->new->lookup_name($name));
  open my $mbox, '<', $file or die $!;
  my $importer = $inbox->importer(1);
  my $usual = $importer->{rotate_bytes};
  $importer->{rotate_bytes} = 1 if $rotate;
  PublicInbox::MboxReader->reads('mboxrd')->(undef, $mbox, sub {
    $importer->add($_[0]);
    $importer->{rotate_bytes} = $usual;
  });
  $importer->done;
`;
const MDA = 'for mail in "$@"; do public-inbox-mda --no-precheck < "$mail" || exit 1; done';
const PURGE = 'for mail in "$@"; do public-inbox-purge "$INBOX" < "$mail" || exit 1; done';

/** @param slice how many mails a folder of the IMAP server takes before the next is begun; 50,000 as it is installed. */
export async function startPublicInbox({ slice }: { readonly slice?: number } = {}): Promise<PublicInbox> {
  const { folder, remove } = makeServerFolder('public-inbox');
  const library = slice === undefined ? [] : [`PERL5LIB=${writeSmallSlices(folder, slice)}`];
  const [httpPort, imapPort] = [await findFreePort(), await findFreePort()];
  const base = `http://127.0.0.1:${httpPort}/${LIST}/`;
  const path = join(folder, 'list');
  const config = join(folder, 'config');
  const address = `${LIST}@example.org`;
  const settings = [
    `HOME=${folder}`,
    `PI_CONFIG=${config}`,
    `ORIGINAL_RECIPIENT=${address}`,
    `INBOX=${path}`,
    ...library,
  ];
  const run = (...command: string[]): Promise<void> => runAsServer('env', [...settings, ...command]);
  await run('public-inbox-init', '-V2', '-L', 'medium', '--ng', GROUP, LIST, path, base, address);
  await run('git', 'config', '-f', config, 'publicinboxmda.spamcheck', 'none');
  const serve = (program: string, url: string): ServerProcess =>
    startServer('env', [...settings, program, '-W0', '-l', url]);
  const servers = [
    serve('public-inbox-httpd', `http://127.0.0.1:${httpPort}`),
    serve('public-inbox-imapd', `imap://127.0.0.1:${imapPort}`),
  ];
  for (const [at, port] of [httpPort, imapPort].entries()) {
    const server = servers[at];
    if (server) await untilReady(server, () => reach(port));
  }
  let files = 0;
  const write = (mails: readonly Buffer[]): string[] => {
    mkdirSync(join(folder, 'mails'), { recursive: true });
    return mails.map((mail) => {
      files += 1;
      const file = join(folder, 'mails', `${files}.eml`);
      writeFileSync(file, mail);
      return file;
    });
  };
  const load = async (mails: readonly Buffer[], ...rotate: 'rotate'[]): Promise<void> => {
    const mbox = join(folder, 'mails.mbox');
    writeFileSync(mbox, Buffer.concat(mails.flatMap(toMboxrd)));
    const modules = ['Config', 'InboxWritable', 'MboxReader', 'V2Writable'].map((name) => `-MPublicInbox::${name}`);
    await run('perl', ...modules, '-e', IMPORT, LIST, mbox, ...rotate);
  };
  return {
    base,
    imap: `imap://127.0.0.1:${imapPort}/${GROUP}.0`,
    path,
    load: (mails) => load(mails),
    beginEpoch: (mails) => load(mails, 'rotate'),
    deliver: (mails) => run('sh', '-c', MDA, 'sh', ...write(mails)),
    purge: (mails) => run('sh', '-c', PURGE, 'sh', ...write(mails)),
    remove: async () => {
      for (const server of servers) await stopServer(server, 'SIGTERM');
      remove();
    },
  };
}

function toMboxrd(mail: Buffer): Buffer[] {
  const quoted = mail.toString('latin1').replace(/^(?=>{0,50}From )/gm, '>');
  return [Buffer.from('From mboxrd@z Thu Jan  1 00:00:00 1970\n'), Buffer.from(quoted, 'latin1'), Buffer.from('\n')];
}

async function reach(port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve();
    });
    socket.on('error', reject);
  });
}

/** The installed IMAP server with another number at the one place that says how large a folder becomes. */
function writeSmallSlices(folder: string, slice: number): string {
  const where = "print $INC{'PublicInbox/IMAP.pm'}";
  const installed = execFileSync('perl', ['-MPublicInbox::IMAP', '-e', where], { encoding: 'utf8' });
  const text = readFileSync(installed, 'utf8');
  const small = text.replace('sub UID_SLICE () { 50_000 }', `sub UID_SLICE () { ${slice} }`);
  if (small === text) throw new Error('this public-inbox says otherwise how large a folder becomes');
  mkdirSync(join(folder, 'lib', 'PublicInbox'), { recursive: true });
  writeFileSync(join(folder, 'lib', 'PublicInbox', 'IMAP.pm'), small);
  return join(folder, 'lib');
}
