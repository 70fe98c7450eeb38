/** Has a repository without anything in it name its objects by another hash. */
import { open, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import type { ObjectFormat } from "./names.ts";
import { forgetObjectFormat, readObjectFormat } from "./object-format.ts";
import type { Repository } from "./object-ids.ts";
import { releaseObjects } from "./objects.ts";
import { readRefs } from "./ref-cache.ts";
import { configuration } from "./store.ts";

/**
 * Makes the format of a repository without a reference the one that is told. Objects that nothing names are removed: they would not
 * be readable any more. The new format counts from one rename on, so a crash leaves an empty repository of either format.
 *
 * @returns false when the repository has references, which keep the format
 */
export async function adoptFormat(repository: Repository, format: ObjectFormat): Promise<boolean> {
  if ((await readObjectFormat(repository)) === format) return true;
  if ((await readRefs(repository)).refs.size > 0) return false;
  releaseObjects(repository);
  const objects = path.join(repository.dir, "objects");
  for (const name of await readdir(objects))
    if (/^[0-9a-f]{2}$/.test(name)) await rm(path.join(objects, name), { recursive: true, force: true });
  for (const folder of ["pack", "info"])
    for (const name of await readdir(path.join(objects, folder)).catch(() => []))
      await rm(path.join(objects, folder, name), { recursive: true, force: true });
  const config = path.join(repository.dir, "config");
  const aside = `${config}.new`;
  const handle = await open(aside, "w");
  try {
    await handle.writeFile(configuration(format));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(aside, config);
  forgetObjectFormat(repository);
  releaseObjects(repository);
  return true;
}
