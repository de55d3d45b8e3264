import { findProvider } from './provider-rows.ts';

/** What finding a server asks of the network. Each answers within some seconds, and never throws. */
export interface DiscoveryNetwork {
  /** The servers that a domain names for a service (`_imaps._tcp.example.org`), most wanted first. */
  readonly lookUp: (name: string) => Promise<readonly { readonly host: string; readonly port: number }[]>;
  /** Whether something listens there. */
  readonly answers: (host: string, port: number) => Promise<boolean>;
}

export interface FoundServer {
  readonly host: string;
  readonly port: number;
  /** How it was found, for a person. */
  readonly how: string;
  /** What the provider wants to be known, or `null`. */
  readonly hint: string | null;
}

const IMAPS = 993;
const GUESSES = ['imap', 'mail'] as const;
const DOMAIN = /^(?=.{1,253}$)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,10}$/;

/**
 * The IMAP server for a mail address: of a known provider, else what the domain itself says (RFC 6186), else the usual names,
 * where something listens. `null` where nothing is found. Whatever is found is shown to a person before it is used: anybody
 * who answers for a domain could name a server.
 */
export async function findServer(address: string, network: DiscoveryNetwork): Promise<FoundServer | null> {
  const domain = address
    .slice(address.lastIndexOf('@') + 1)
    .trim()
    .toLowerCase();
  if (!DOMAIN.test(domain)) return null;
  const provider = findProvider(domain);
  if (provider) return { host: provider.host, port: IMAPS, how: `known for ${provider.name}`, hint: provider.hint };
  const [named] = await network.lookUp(`_imaps._tcp.${domain}`);
  if (named && DOMAIN.test(named.host.toLowerCase())) {
    return { host: named.host.toLowerCase(), port: named.port, how: `named by ${domain}`, hint: null };
  }
  const tried = await Promise.all(
    GUESSES.map(async (name) => {
      const host = `${name}.${domain}`;
      return { host, port: IMAPS, how: 'a usual name', hint: null, answers: await network.answers(host, IMAPS) };
    }),
  );
  const found = tried.find(({ answers }) => answers);
  return found ? { host: found.host, port: found.port, how: found.how, hint: null } : null;
}
