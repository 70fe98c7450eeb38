/** Which hash a repository names its objects with. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { ObjectFormat } from "./names.ts";
import type { Repository } from "./object-ids.ts";

// A repository keeps its format for life, so it is read once.
const formats = new Map<string, ObjectFormat>();

/** The object format of a repository, from its configuration. */
export async function readObjectFormat(repository: Repository): Promise<ObjectFormat> {
  const known = formats.get(repository.dir);
  if (known !== undefined) return known;
  const text = await readFile(path.join(repository.dir, "config"), "utf8");
  const format = /^\s*objectformat\s*=\s*"?sha256"?\s*$/im.test(text) ? "sha256" : "sha1";
  if (formats.size >= 10_000) formats.clear();
  formats.set(repository.dir, format);
  return format;
}

/** To be called when a repository is removed. */
export function forgetObjectFormat(repository: Repository): void {
  formats.delete(repository.dir);
}
