import type { FindElsewhere } from "../repositories/index.ts";
import { sizesOf } from "./queries.ts";

/** The content of a pointer, when it was uploaded to this very repository. */
export const contentOfPointer: FindElsewhere = async (ctx, repo, { oid }) => {
  const size = (await sizesOf(ctx, repo, [oid])).get(oid);
  return size === undefined ? null : { size, read: (range) => ctx.blobs.get(oid, range) };
};
