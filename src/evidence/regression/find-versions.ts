import type { Component } from '../../model/evidence.ts';

/** A version in a sentence, with the program that it belongs to as far as the words around it tell. */
export interface VersionMention {
  /** As written, without a leading `v` and without a program's name: `6.16-rc2`, `5.8.3+1~exp1`, `Debian 11`. */
  readonly version: string;
  readonly component: Component;
  /** True where the number names a distribution or a guest system, not a program of ours. */
  readonly foreign: boolean;
  readonly start: number;
  readonly end: number;
}

/**
 * A version behind white space, an opening mark or a range sign. Suffixes are those of release candidates, revisions
 * of distributions, and `-unstable`; words that are merely hung on (`4.19-based`) are left out.
 */
const VERSION =
  /(?<=^|[\s("'[<>,;*~=`^]|\.\.|[\d.]\/)(?:(?<name>[a-zA-Z][\w]{1,20})[-_])?(?:[vV](?:ersion )?)?(?<version>(?:\d{1,2}|20[12]\d)\.\d{1,3}(?:\.(?:\d{1,3}|[xy]))*(?:[-.]?rc\d{1,2})?(?:[-+~.](?:\d[\w+~]{0,30}|r\d+|rc\d+|unstable|pre|exp\d*|dfsg[\w.]*|gentoo[\w-]*|qubes|fc\d+|el\d+|amd64|g[0-9a-f]{7,40})){0,6})(?![\w%/@]|[:.]\d)/g;

const BRANCH = /\bxen-unstable\b|\b(?:current |latest )?(?:xen )?staging(?:-\d\.\d+)?\b(?! area)/gi;
const DISTRIBUTION =
  /\b(?<version>(?:debian|ubuntu|fedora|centos|rhel|opensuse(?: leap)?|leap|sles?|alpine(?: linux)?|qubes(?: ?os)?|xenserver|xcp-ng|nixos|slackware|devuan|proxmox(?: ve)?|rocky|alma(?:linux)?|windows(?: server)?|freebsd|netbsd|openbsd|solaris|mint)(?: linux)? (?:R?\d{1,4}(?:\.\d{1,2}){0,2}|buster|bullseye|bookworm|trixie|stretch|jessie|sid|focal|jammy|noble|bionic)|buster|bullseye|bookworm|trixie|xenial)\b/gi;

/** Releases that are named by a month. */
const NAMED = /\bedk2-stable20\d{4}\b/g;
/** Systems whose own numbers are told apart from those of Linux by their name anyway. */
const BSD = /^(?:freebsd|netbsd|openbsd) (?=\d)/i;

/** Words that name a program, nearest first. `null` marks words whose numbers are not a program's version. */
const NAMES: readonly { readonly pattern: RegExp; readonly component: Component | 'other' }[] = [
  { pattern: /\b(?:libvirtd?|virsh|virt-(?:install|manager|viewer))\b/gi, component: 'libvirt' },
  { pattern: /\bqemu\b(?!-xen\b)|\bdevice[- ]models?\b/gi, component: 'qemu' },
  { pattern: /\b(?:bios|firmware|uefi|ovmf|edk2|tianocore|seabios|ipxe|microcode)\b/gi, component: 'firmware' },
  { pattern: /\b(?:linux|kernels?|vmlinuz|torvalds|mainline|longterm|lts)\b/gi, component: 'linux' },
  {
    pattern:
      /\b(?:xen(?!-(?:netfront|netback|blkfront|blkback|pciback|pcifront|balloon)|bus|store)|hypervisor|xl|libxl|toolstack|xen-tools|[co]?xenstored|xenconsoled|hvmloader)\b/gi,
    component: 'xen',
  },
  {
    pattern:
      /\b(?:debian|ubuntu|fedora|centos|rhel|suse|opensuse|leap|alpine|qubes(?:os)?|nixos|nixpkgs(?! xen)|slackware|devuan|proxmox|xcp-ng|xenserver|windows|freebsd|netbsd|openbsd|solaris|gcc|clang|python|llvm|binutils|glibc|libbpf|openssl|grub2?|systemd|perl|ocaml|make|bash|version of gcc|ghz|gib|mib|gb|mb|ip|u-boot|buildroot|nvme|pcie?|usb|sata|tls|drbd|zfs|lvm|wine|iproute2?|iptables|nftables|util-linux|e2fsprogs|mke2fs|bridge-utils|mesa|meson|ninja|gnutls|dracut|openvswitch|ovs|spice|xorg|nvidia|rustc?|golang|node)\b/gi,
    component: 'other',
  },
];
const NEAR = 45;
const DISTRIBUTOR = /\b(?:debian|ubuntu|fedora|centos|rhel|suse|opensuse|leap|alpine|qubes(?:os)?)(?:'s|’s)?\b/gi;
/** Upstream's version and the revision of a package. */
const PACKAGE = /^v?\d+\.\d+(?:\.\d+)*[-+~]/;

/**
 * The versions that a sentence names, in order. Xen 4.19 is not Linux 4.19: the program is taken from the word that is
 * joined to the number, then from the nearest name before it, then right behind it, then from what the number looks
 * like (Xen has no 5.x, no `-rc` of 6.x and no patch level of 30 or more), then from a named number of the same series. Where that does not tell, it is `null`.
 */
export function findVersions(text: string): VersionMention[] {
  const found: VersionMention[] = [];
  for (const hit of text.matchAll(DISTRIBUTION)) {
    found.push({
      version: (hit.groups?.['version'] ?? '').replace(BSD, ''),
      component: null,
      foreign: true,
      start: hit.index,
      end: hit.index + hit[0].length,
    });
  }
  for (const { 0: version, index: start } of text.matchAll(NAMED)) {
    found.push({ version, component: 'firmware', foreign: false, start, end: start + version.length });
  }
  for (const hit of text.matchAll(VERSION)) {
    const mention = toMention(text, hit);
    if (mention && !found.some((other) => mention.start < other.end && mention.end > other.start)) found.push(mention);
  }
  for (const hit of text.matchAll(BRANCH)) {
    const end = hit.index + hit[0].length;
    if (found.some((other) => hit.index < other.end && end > other.start)) continue;
    const version = hit[0]
      .toLowerCase()
      .replace(/^(?:current|latest) /, '')
      .replace(/^xen /, '');
    found.push({ version, component: 'xen', foreign: false, start: hit.index, end });
  }
  return adopt(found.sort((a, b) => a.start - b.start));
}

/** A number with the program that it belongs to; `null` where it is no version. */
function toMention(text: string, hit: RegExpExecArray): VersionMention | null {
  const start = hit.index;
  const end = start + hit[0].length;
  const version = (hit.groups?.['version'] ?? '').replace(/[.\-+~]+$/, '');
  if (isNoVersion(version, text.slice(end, end + 12))) return null;
  const named = toComponent(hit.groups?.['name'] ?? null, text, start, end) ?? guess(version);
  // `the last kernel OK with Xen was 6.11`: Xen has no such number, whatever stands nearest.
  const component = named === 'xen' && /^[5-9]\./.test(version) ? guess(version) : named;
  // Of our programs only firmware is numbered by years.
  if (/^20\d\d\./.test(version) && component !== 'firmware') return null;
  const foreign = component === 'other';
  return { version, component: foreign ? null : component, foreign, start, end };
}

/** `worked on 4.17, fails on Xen 4.18`: a number without a name is of the program that is named beside a number next to it. */
function adopt(found: readonly VersionMention[]): VersionMention[] {
  const named = found.filter(({ component, foreign }) => component !== null && !foreign);
  return found.map((one) => {
    if (one.component !== null || one.foreign) return one;
    const near = new Set(named.filter((other) => isNext(one.version, other.version)).map(({ component }) => component));
    const [only, second] = near;
    return only === undefined || second !== undefined ? one : { ...one, component: only };
  });
}

/** The same series, or one of the two before or behind it. */
function isNext(a: string, b: string): boolean {
  const [[major, minor = 0], [otherMajor, otherMinor = 0]] = [a, b].map((version) =>
    version.split(/[.\-+~]/).map(Number),
  ) as [number[], number[]];
  return major === otherMajor && Math.abs(minor - otherMinor) <= 2;
}

/** Numbers with a unit, IPv4 addresses, and decimal fractions that no program is numbered by. */
function isNoVersion(version: string, after: string): boolean {
  if (/^\d+\.\d+\.\d+\.\d+$/.test(version) && !version.startsWith('2.6.')) return true;
  if (
    /^ ?(?:%|[kmgt]i?b(?:its?)?\b|[kmg]?hz|ms\b|us\b|s\b|sec|min|hours?|days?|seconds?|times|x\b|gbit|watts?|°|usd)/i.test(
      after,
    )
  )
    return true;
  return /^0\.\d+$/.test(version);
}

function toComponent(name: string | null, text: string, start: number, end: number): Component | 'other' {
  if (name !== null) {
    const named = NAMES.find(({ pattern }) => new RegExp(pattern.source, 'i').test(name));
    if (named) return named.component;
  }
  // `the Debian package 6.1.119-1 of the kernel`: whose package it is does not say of what.
  const lead = text.slice(Math.max(0, start - NEAR), start);
  const before = nearest(PACKAGE.test(text.slice(start, end)) ? lead.replace(DISTRIBUTOR, '') : lead, 'last');
  const behind = text.slice(end, end + 22);
  const first = nearest(behind, 'first');
  // `in 8.2: USB is dead`: behind a mark another matter begins.
  const isApart = first?.component === 'other' && /[:;,.!?]/.test(behind.slice(0, first.distance));
  const after = isApart ? null : first;
  if (before !== null && before.distance <= 14) return before.component;
  if (after !== null && after.distance <= 8) return after.component;
  return before?.component === 'other' ? null : (before?.component ?? null);
}

function nearest(text: string, which: 'first' | 'last'): { component: Component | 'other'; distance: number } | null {
  let best: { component: Component | 'other'; distance: number } | null = null;
  for (const { pattern, component } of NAMES) {
    for (const hit of text.matchAll(pattern)) {
      const distance = which === 'last' ? text.length - hit.index - hit[0].length : hit.index;
      if (best === null || distance < best.distance) best = { component, distance };
    }
  }
  return best;
}

function guess(version: string): Component {
  const [major = '0', minor = '0', patch = '0'] = version.split(/[.\-+~]/);
  // Of 7.x there is a Linux and a QEMU; QEMU's candidates have three numbers (7.0.0-rc3), Linux's two.
  if (Number(major) === 7) return /^7\.\d+-rc\d+$/.test(version) ? 'linux' : null;
  if (Number(major) === 5 || Number(major) === 6) return 'linux';
  if (Number(major) === 4 && /^\d+$/.test(patch) && Number(patch) >= 30) return 'linux';
  if (/-unstable$/.test(version) || (Number(major) === 4 && Number(minor) > 20)) return 'xen';
  return null;
}
