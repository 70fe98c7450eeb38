/** Branches and tags by their names alone. */
import { listRefs, type Ref } from "../../../../git/refs.ts";
import type { Context } from "../../../../kernel/context.ts";
import type { Repository } from "../../access.ts";
import { gitOf } from "../../addresses.ts";

export const heads = "refs/heads/";
export const tags = "refs/tags/";

/** Names without their prefix. */
export const named = async (ctx: Context, repo: Repository, prefix: string): Promise<Ref[]> =>
  (await listRefs(gitOf(ctx, repo), prefix)).map((ref) => ({ ...ref, name: ref.name.slice(prefix.length) }));

export const contains = (query: string) => {
  const wanted = query.toLowerCase();
  return ({ name }: { readonly name: string }) => name.toLowerCase().includes(wanted);
};
