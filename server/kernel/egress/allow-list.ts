/** What an administrator has opened of the addresses that are refused otherwise: names, names below a name, addresses, ranges. */
import { isIP, type BlockList } from "node:net";
import { eq } from "drizzle-orm";
import { z } from "zod";
import type { Database, Transaction } from "../db/client.ts";
import { instanceSettings } from "../schema.ts";
import { blocks, holds, isMetadata, plainAddress } from "./addresses.ts";

/** The key of the setting. Written by who changes settings. */
export const outboundAllowKey = "egress.allow";

const name = /^(?:\*\.)?(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,62})(?:\.[a-z0-9_][a-z0-9_-]{0,62})*$/;

/** Why this is no entry of the list, or null. */
export function allowEntryProblem(entry: string): string | null {
  const text = entry.toLowerCase();
  if (plainAddress(text) !== null) return null;
  if (text.includes("/")) {
    try {
      blocks([text]);
      return null;
    } catch {
      return `${entry} is not a range of addresses like 10.0.0.0/8`;
    }
  }
  // A name of digits and dots that is no address would be one to some resolver.
  if (!name.test(text) || /^[\d.]+$/.test(text))
    return `${entry} is neither a host, nor *.host, nor an address, nor a range like 10.0.0.0/8`;
  return null;
}

export const outboundAllow = z
  .array(
    z
      .string()
      .trim()
      .toLowerCase()
      .min(1)
      .max(253)
      .superRefine((entry, check) => {
        const problem = allowEntryProblem(entry);
        if (problem !== null) check.addIssue({ code: "custom", message: problem });
      }),
  )
  .max(200)
  .describe(
    "Hosts, `*.host`, addresses and ranges that may be reached although they are not of the public internet",
  );

export interface AllowList {
  /** Whether all addresses of this name may be reached. */
  allowsHost(host: string): boolean;
  /** Whether an address, as `plainAddress` writes it, may be reached. */
  allowsAddress(address: string): boolean;
}

/** @throws TypeError for an entry that `allowEntryProblem` finds fault with */
export function allowList(entries: readonly string[]): AllowList {
  const hosts = new Set<string>();
  const suffixes: string[] = [];
  const addresses = new Set<string>();
  const ranges: string[] = [];
  for (const entry of entries.map((one) => one.toLowerCase())) {
    const address = plainAddress(entry);
    if (address !== null) addresses.add(address);
    else if (entry.includes("/")) ranges.push(entry);
    else if (entry.startsWith("*.")) suffixes.push(entry.slice(1));
    else hosts.add(entry);
  }
  const list: BlockList = blocks(ranges);
  return {
    allowsHost(host) {
      const text = host.toLowerCase().replace(/\.$/, "");
      return isIP(text) === 0 && (hosts.has(text) || suffixes.some((suffix) => text.endsWith(suffix)));
    },
    allowsAddress: (address) => addresses.has(address) || (!isMetadata(address) && holds(list, address)),
  };
}

/** The entries; none until an administrator says otherwise. */
export async function readOutboundAllow(db: Database | Transaction): Promise<string[]> {
  const [row] = await db
    .select({ value: instanceSettings.value })
    .from(instanceSettings)
    .where(eq(instanceSettings.key, outboundAllowKey));
  return row ? outboundAllow.parse(row.value) : [];
}
