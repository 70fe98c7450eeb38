/** Large files of a repository elsewhere. Run again, what is here is not brought again. */
import type { LfsPointer } from "../../../git/blobs.ts";
import { RemoteFailure } from "../../../git/remotes/remote-failure.ts";
import { system } from "../../../kernel/actor.ts";
import { actingAs, type Context } from "../../../kernel/context.ts";
import { Refusal } from "../../../kernel/errors.ts";
import type { Freight, RepoWith } from "../../repositories/index.ts";
import { storeObject } from "../commands/objects.ts";
import { LfsRemote } from "./client.ts";
import { Tally } from "./tally.ts";
import { wantedContents } from "./wanted.ts";

const inOneBatch = 100;

/**
 * Every content is proved by its hash and size while it comes, as an upload is: nothing is taken on the other side's word, and one
 * that another repository here holds is brought all the same.
 */
export const bringContents: Freight["bring"] = async (ctx, repo, remote, look) => {
  const { limits } = ctx.config;
  const tally = new Tally(look, Math.max(limits.packBytes, limits.lfsBytes));
  const there = new LfsRemote(remote);
  for await (const { pointers, held } of wantedContents(ctx, repo, remote, look, tally)) {
    const wanted = pointers.filter(({ oid }) => !held.has(oid));
    for (const pointer of pointers) if (held.has(pointer.oid)) tally.have(pointer);
    for (let at = 0; at < wanted.length; at += inOneBatch)
      await bringBatch(ctx, repo, there, wanted.slice(at, at + inOneBatch), tally);
  }
  return tally.result;
};

async function bringBatch(
  ctx: Context,
  repo: RepoWith<"admin">,
  there: LfsRemote,
  pointers: readonly LfsPointer[],
  tally: Tally,
): Promise<void> {
  if (tally.over) return tally.lack(null, pointers.length);
  const allowed = pointers.filter((pointer) => tally.admits(pointer, ctx.config.limits.lfsBytes));
  if (allowed.length === 0) return;
  let offers: Awaited<ReturnType<LfsRemote["batch"]>>;
  try {
    offers = await there.batch("download", allowed);
  } catch (error) {
    if (!(error instanceof RemoteFailure) || error.kind === "cancelled") throw error;
    tally.giveUp(error.message);
    return tally.lack(error.message, allowed.length);
  }
  await tally.each(allowed, async (pointer) => {
    const action = offers.get(pointer.oid)?.download;
    if (!action)
      throw new RemoteFailure(
        "not-found",
        "The other server does not have all large files that are named there",
      );
    try {
      await storeObject(actingAs(ctx, system("lfs.bring")), repo, pointer, there.download(action));
    } catch (error) {
      if (error instanceof Refusal && error.code === "validation_failed")
        throw new RemoteFailure(
          "broken",
          "The other server sent other bytes than a large file has",
          error.message,
        );
      throw error;
    }
  });
}
