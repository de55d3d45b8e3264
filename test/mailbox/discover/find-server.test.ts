import { describe, expect, it } from 'vitest';
import { findServer, type DiscoveryNetwork } from '../../../src/mailbox/discover/find-server.ts';
import { PROVIDERS } from '../../../src/mailbox/discover/provider-rows.ts';

interface World {
  readonly named?: Readonly<Record<string, readonly { readonly host: string; readonly port: number }[]>>;
  readonly listening?: readonly string[];
}

function toNetwork({ named = {}, listening = [] }: World): DiscoveryNetwork {
  return {
    lookUp: (name) => Promise.resolve(named[name] ?? []),
    answers: (host, port) => Promise.resolve(listening.includes(`${host}:${String(port)}`)),
  };
}

describe('the server for an address', () => {
  it.each<{ name: string; address: string; world?: World; gives: object | null }>([
    {
      name: 'of a big provider, without asking anybody',
      address: 'Bot@GMail.com',
      gives: { host: 'imap.gmail.com', port: 993, how: 'known for Gmail' },
    },
    {
      name: 'named by the domain',
      address: 'bot@example.org',
      world: {
        named: { '_imaps._tcp.example.org': [{ host: 'Mx.example.net', port: 9993 }] },
        listening: ['imap.example.org:993'],
      },
      gives: { host: 'mx.example.net', port: 9993, how: 'named by example.org', hint: null },
    },
    {
      name: 'imap. before mail.',
      address: 'bot@example.org',
      world: { listening: ['mail.example.org:993', 'imap.example.org:993'] },
      gives: { host: 'imap.example.org', port: 993, how: 'a usual name', hint: null },
    },
    {
      name: 'mail. where imap. is silent',
      address: 'bot@example.org',
      world: { listening: ['mail.example.org:993'] },
      gives: { host: 'mail.example.org', port: 993, how: 'a usual name', hint: null },
    },
    { name: 'nowhere', address: 'bot@example.org', gives: null },
    {
      name: 'a name that is none',
      address: 'bot@example.org',
      world: { named: { '_imaps._tcp.example.org': [{ host: 'evil/../x', port: 993 }] } },
      gives: null,
    },
    { name: 'no domain', address: 'bot', gives: null },
    { name: 'a domain with an escape', address: 'bot@exa\u001bmple.org', gives: null },
  ])('is $name', async ({ address, world = {}, gives }) => {
    const found = await findServer(address, toNetwork(world));
    if (gives === null) expect(found).toBeNull();
    else expect(found).toMatchObject(gives);
  });

  it('is known once for each domain', () => {
    const domains = PROVIDERS.flatMap((one) => one.domains);
    expect(new Set(domains).size).toBe(domains.length);
  });
});
