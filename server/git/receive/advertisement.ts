/** What a client is told before it pushes (gitprotocol-pack(5), "Reference Discovery"), from the reference cache. */
import { isInternalRef, zeroId } from "../names.ts";
import { readObjectFormat } from "../object-format.ts";
import type { Repository } from "../object-ids.ts";
import { flushPacket, packet } from "../protocol/pkt-line.ts";
import { agent, type ProtocolVersion } from "../protocol/version.ts";
import { readRefs } from "../ref-cache.ts";

/**
 * Version 2 has no push, such clients are answered as version 0. The product's own references are left out, or
 * `git push --mirror` would try to delete every pull request.
 */
export async function advertiseReceivePack(
  repository: Repository,
  version: ProtocolVersion,
): Promise<Buffer> {
  const format = await readObjectFormat(repository);
  const capabilities = [
    "report-status report-status-v2 delete-refs side-band-64k quiet atomic ofs-delta push-options",
    `object-format=${format} ${agent}`,
  ].join(" ");
  const lines: string[] = [];
  for (const { name, oid } of (await readRefs(repository)).sorted)
    if (!isInternalRef(name)) lines.push(`${oid} ${name}`);
  if (lines.length === 0) lines.push(`${zeroId(format)} capabilities^{}`);
  lines[0] += `\0${capabilities}`;
  return Buffer.concat([
    ...(version === 1 ? [packet("version 1\n")] : []),
    ...lines.map((line) => packet(`${line}\n`)),
    flushPacket,
  ]);
}
