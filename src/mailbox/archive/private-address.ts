import { BlockList, isIP } from 'node:net';

/**
 * Networks that no public archive is in (IANA's special-purpose address registries, RFC 6890 and later): a server that
 * redirects there would have heddle ask its own neighbourhood.
 */
const NETWORKS: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['::', 128],
  ['::1', 128],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
];

const PRIVATE = new BlockList();
for (const [network, bits] of NETWORKS) PRIVATE.addSubnet(network, bits, network.includes(':') ? 'ipv6' : 'ipv4');

/** Whether an IP address is one of this machine, this network, or no host's at all; what is no address counts as such. */
export function isPrivateAddress(address: string): boolean {
  // IPv4 in the clothes of IPv6 is judged as IPv4.
  const plain = /^::ffff:(?<v4>\d{1,3}(?:\.\d{1,3}){3})$/i.exec(address)?.groups?.['v4'] ?? address;
  const family = isIP(plain);
  if (family === 0) return true;
  return PRIVATE.check(plain, family === 4 ? 'ipv4' : 'ipv6');
}
