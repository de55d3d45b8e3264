import { Resolver } from 'node:dns/promises';
import { connect } from 'node:net';
import type { DiscoveryNetwork } from './find-server.ts';

const WAIT_MS = 4_000;

/** The network itself, for {@link DiscoveryNetwork}. */
export function openDiscoveryNetwork(): DiscoveryNetwork {
  return { lookUp, answers };
}

async function lookUp(name: string): Promise<{ host: string; port: number }[]> {
  const resolver = new Resolver({ timeout: WAIT_MS, tries: 1 });
  const timer = setTimeout(() => {
    resolver.cancel();
  }, WAIT_MS);
  try {
    const rows = await resolver.resolveSrv(name);
    return (
      rows
        .sort((a, b) => a.priority - b.priority || b.weight - a.weight)
        // A single dot says that the service is not offered (RFC 2782).
        .filter((row) => row.name !== '' && row.name !== '.')
        .map((row) => ({ host: row.name.replace(/\.$/, ''), port: row.port }))
    );
  } catch {
    return [];
  } finally {
    clearTimeout(timer);
  }
}

function answers(host: string, port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect({ host, port });
    const end = (found: boolean) => {
      clearTimeout(timer);
      socket.destroy();
      done(found);
    };
    const timer = setTimeout(() => {
      end(false);
    }, WAIT_MS);
    socket.on('connect', () => {
      end(true);
    });
    socket.on('error', () => {
      end(false);
    });
  });
}
