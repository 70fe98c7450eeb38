/** Large files of a repository here, on their way to one elsewhere: before the branches that point to them. */
import type { Readable } from "node:stream";
import { PassThrough } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { LfsPointer } from "../../../git/blobs.ts";
import { RemoteFailure } from "../../../git/remotes/remote-failure.ts";
import type { Context } from "../../../kernel/context.ts";
import type { Freight } from "../../repositories/index.ts";
import { holdsAny } from "../queries.ts";
import { LfsRemote } from "./client.ts";
import { Tally } from "./tally.ts";
import { wantedContents } from "./wanted.ts";

const inOneBatch = 100;

/** Asks the other side which it lacks, and sends those that this very repository holds. */
export const sendContents: Freight["send"] = async (ctx, repo, remote, look) => {
  const tally = new Tally(look, Number.POSITIVE_INFINITY);
  const there = new LfsRemote(remote);
  if (!(await holdsAny(ctx, repo))) return tally.result;
  for await (const { pointers, held } of wantedContents(ctx, repo, remote, look, tally)) {
    const here = pointers.flatMap(({ oid }) => {
      const size = held.get(oid);
      return size === undefined ? [] : [{ oid, size }];
    });
    if (here.length < pointers.length)
      tally.lack("Some large files that are named here were never uploaded", pointers.length - here.length);
    for (let at = 0; at < here.length; at += inOneBatch)
      await sendBatch(ctx, there, here.slice(at, at + inOneBatch), tally);
  }
  return tally.result;
};

async function sendBatch(
  ctx: Context,
  there: LfsRemote,
  pointers: readonly LfsPointer[],
  tally: Tally,
): Promise<void> {
  if (tally.over) return tally.lack(null, pointers.length);
  let offers: Awaited<ReturnType<LfsRemote["batch"]>>;
  try {
    offers = await there.batch("upload", pointers);
  } catch (error) {
    if (!(error instanceof RemoteFailure) || error.kind === "cancelled") throw error;
    tally.giveUp(error.message);
    return tally.lack(error.message, pointers.length);
  }
  await tally.each(pointers, async (pointer) => {
    const offer = offers.get(pointer.oid);
    if (!offer || offer.refused !== null)
      throw new RemoteFailure("rejected", "The other server does not take a large file");
    await there.upload(offer, pointer, () => contentOf(ctx, pointer.oid));
  });
}

/** A stream that can be had at once. */
function contentOf(ctx: Context, oid: string): Readable {
  const through = new PassThrough();
  ctx.blobs
    .get(oid)
    .then((content) => pipeline(content, through))
    .catch((error: unknown) => through.destroy(error as Error));
  return through;
}
