/**
 * Which addresses the server may connect to when a person names the place: those of the public internet. Everything else is
 * somebody's inside (this machine, its network, the metadata service of a cloud) and is refused, in every spelling it has.
 *
 * Ranges: IANA's special-purpose registries for IPv4 and IPv6 (RFC 6890 and what updates it).
 */
import { BlockList, isIP } from "node:net";

/** Blocks of IPv4 that are not the public internet. */
const inner4 = [
  "0.0.0.0/8", // this network
  "10.0.0.0/8",
  "100.64.0.0/10", // carriers' own, RFC 6598
  "127.0.0.0/8",
  "169.254.0.0/16", // link-local, the metadata of clouds
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24", // 6to4 relays
  "192.168.0.0/16",
  "198.18.0.0/15", // benchmarks
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4", // multicast
  "240.0.0.0/4", // reserved, broadcast
];

/** Of `2000::/3`, the only part of IPv6 that is given out for the public internet, these are not it. */
const inner6 = [
  "2001::/23", // protocols' own: Teredo, benchmarks, ORCHID
  "2001:db8::/32",
  "3fff::/20", // documentation, RFC 9637
];

/** Where clouds answer with the keys of the machine. Listing a range never opens these: only their own address does. */
const metadata = new Set(["169.254.169.254", "169.254.170.2", "100.100.100.200", "fd00:ec2::254"]);

const refused4 = blocks(inner4);
const refused6 = blocks(inner6);
const public6 = blocks(["2000::/3"]);

/** @throws TypeError for what is not `address/bits` */
export function blocks(ranges: Iterable<string>): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = "", bits = ""] = range.split("/");
    const family = isIP(address);
    const most = family === 4 ? 32 : 128;
    if (family === 0 || !/^\d{1,3}$/.test(bits) || Number(bits) > most)
      throw new TypeError(`${range} is not a range of addresses`);
    list.addSubnet(address, Number(bits), family === 4 ? "ipv4" : "ipv6");
  }
  return list;
}

export const holds = (list: BlockList, address: string): boolean =>
  list.check(address, isIP(address) === 4 ? "ipv4" : "ipv6");

/** An address as one spelling: the zone is gone, IPv6 is compressed, and what only wraps an IPv4 address is that one. */
export function plainAddress(text: string): string | null {
  const bare = text.replace(/^\[(.*)\]$/, "$1").replace(/%.*$/, "");
  const family = isIP(bare);
  if (family === 0) return null;
  if (family === 4) return bare;
  const groups = groupsOf(bare);
  return innerAddress(groups) ?? compressed(groups);
}

/** Whether an address (as `plainAddress` writes it) is one of the public internet. */
export function isPublic(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !holds(refused4, address);
  return family === 6 && holds(public6, address) && !holds(refused6, address);
}

/** Whether an address (as `plainAddress` writes it) is where a cloud answers with keys. */
export const isMetadata = (address: string): boolean => metadata.has(address);

/** The eight numbers of an IPv6 address. */
function groupsOf(address: string): number[] {
  // The WHATWG parser knows every spelling, the dotted tail too.
  const text = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  const [head = "", tail] = text.split("::");
  const numbers = (part: string) =>
    part === "" ? [] : part.split(":").map((one) => Number.parseInt(one, 16));
  const front = numbers(head);
  if (tail === undefined) return front;
  const back = numbers(tail);
  return [...front, ...Array.from({ length: 8 - front.length - back.length }, () => 0), ...back];
}

const compressed = (groups: readonly number[]): string =>
  new URL(`http://[${groups.map((one) => one.toString(16)).join(":")}]/`).hostname.slice(1, -1);

/**
 * The IPv4 address inside: mapped (`::ffff:0:0/96`), translated (`::ffff:0:0:0/96`), compatible (`::/96`, of which `::` and `::1`
 * are addresses of their own), NAT64 (`64:ff9b::/96`) and 6to4 (`2002::/16`). What `64:ff9b:1::/48` stands for only its network
 * knows (RFC 8215), so that stays what it is, which is not public.
 */
function innerAddress(groups: readonly number[]): string | null {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = groups;
  const dotted = (high: number, low: number) => `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
  if (a === 0x2002) return dotted(b, c);
  if (a === 0x64 && b === 0xff9b && c === 0 && d === 0 && e === 0 && f === 0) return dotted(g, h);
  if (a !== 0 || b !== 0 || c !== 0 || d !== 0) return null;
  if (e === 0xffff && f === 0) return dotted(g, h);
  if (e === 0 && f === 0xffff) return dotted(g, h);
  if (e === 0 && f === 0 && g !== 0) return dotted(g, h);
  return null;
}
