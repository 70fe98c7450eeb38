/** Files whose content is not in git: the file is a pointer, and a domain above keeps what it points to. */
import type { Readable } from "node:stream";
import type { LfsPointer } from "../../../git/blobs.ts";
import type { BlobRange } from "../../../kernel/blobs/index.ts";
import type { Context } from "../../../kernel/context.ts";
import type { RepoWith } from "../access.ts";

export interface Elsewhere {
  /** Bytes of the content. */
  readonly size: number;
  /** The content or a part of it. The caller reads or destroys the stream. */
  readonly read: (range?: BlobRange) => Promise<Readable>;
}

/** The content of a pointer, as far as this repository holds it; null where it does not. */
export type FindElsewhere = (
  ctx: Context,
  repo: RepoWith<"read">,
  pointer: LfsPointer,
) => Promise<Elsewhere | null>;

const finders: FindElsewhere[] = [];

/** To be called once, when a domain is loaded. The first answer counts. */
export function addElsewhere(find: FindElsewhere): void {
  finders.push(find);
}

/** The content of a pointer, or null when it is nowhere. */
export async function findElsewhere(
  ctx: Context,
  repo: RepoWith<"read">,
  pointer: LfsPointer,
): Promise<Elsewhere | null> {
  for (const find of finders) {
    const found = await find(ctx, repo, pointer);
    if (found) return found;
  }
  return null;
}
