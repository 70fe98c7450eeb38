/** Two repositories of one family as one to read from: what a comparison with a fork needs. */
import { mkdir, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import type { GitRepository } from "../../../git/store.ts";
import { readObjectFormat } from "../../../git/object-format.ts";
import type { Context } from "../../../kernel/context.ts";
import type { Repository } from "../access.ts";
import { gitOf } from "../addresses.ts";

/** Where such repositories lie; all can be made anew. */
export const joinedFolder = (ctx: Pick<Context, "config">): string => path.join(ctx.config.dataDir, "joined");

/**
 * A repository without refs or objects of its own that borrows the objects of both. For reading by id; nothing may be written
 * there. Both must be readable by the actor. The same repository twice is that repository.
 */
export async function joinedGit(ctx: Context, one: Repository, other: Repository): Promise<GitRepository> {
  if (one.id === other.id) return gitOf(ctx, one);
  const stores = [gitOf(ctx, one), gitOf(ctx, other)];
  const dir = path.join(joinedFolder(ctx), `${one.id}.${other.id}.git`);
  if (await exists(path.join(dir, "HEAD"))) return { dir };
  await mkdir(path.join(dir, "objects", "info"), { recursive: true });
  await mkdir(path.join(dir, "refs"), { recursive: true });
  const format = await readObjectFormat(stores[0] ?? { dir });
  const extension = format === "sha256" ? "[extensions]\n\tobjectFormat = sha256\n" : "";
  await writeFile(
    path.join(dir, "config"),
    `[core]\n\trepositoryformatversion = ${format === "sha256" ? 1 : 0}\n\tbare = true\n${extension}`,
  );
  const folders = stores.map((store) => `${path.join(store.dir, "objects")}\n`);
  await writeFile(path.join(dir, "objects", "info", "alternates"), folders.join(""));
  // git takes a folder for a repository once it has a HEAD, so this comes last.
  await writeFile(path.join(dir, "HEAD"), "ref: refs/heads/none\n");
  return { dir };
}

const exists = (file: string) =>
  stat(file).then(
    () => true,
    () => false,
  );
