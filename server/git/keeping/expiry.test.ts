import { existsSync, utimesSync } from "node:fs";
import { chmod, open, readdir, rename, utimes } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { commitChanges } from "../write.ts";
import { readCommit } from "../commits.ts";
import { releaseObjects } from "../objects.ts";
import { gitText } from "../process.ts";
import { updateRefs } from "../refs.ts";
import { ann, TestRepository } from "../test-repository.ts";
import { expire, type Expired } from "./expiry.ts";
import { checkObjects } from "./integrity.ts";
import { maintain, repack } from "./maintenance.ts";

let repo: TestRepository;
beforeEach(() => {
  repo = new TestRepository();
});
afterEach(() => repo.remove());

const day = 24 * 3_600_000;
const grace = 14 * day;

async function commit(base: string | null, name: string): Promise<string> {
  const { commit: made } = await commitChanges(repo, {
    base,
    changes: [{ kind: "put", path: `${name}.txt`, content: { bytes: Buffer.from(`${name}\n`) } }],
    message: name,
    author: ann,
    committer: ann,
  });
  return made;
}

const move = (ref: string, old: string | null, next: string | null) =>
  updateRefs(repo, [{ ref: `refs/heads/${ref}`, old, new: next }], { identity: ann, reason: "test" });

/** As if all that lies there had lain there for so long. */
async function age(ms: number): Promise<void> {
  const then = new Date(Date.now() - ms);
  const objects = path.join(repo.dir, "objects");
  for (const name of await readdir(objects, { recursive: true }))
    utimesSync(path.join(objects, name), then, then);
}

/** As if all that is there by now had lain in a pack for longer than its grace. */
async function letTimePass(): Promise<Expired> {
  await repack(repo, {});
  await age(grace + day);
  const expired = await expire(repo, { grace, atLeast: 1 });
  releaseObjects(repo);
  return expired;
}

const subjectOf = async (oid: string) => (await readCommit(repo, oid))?.subject;

test("what no reference ever held goes after its grace, and everything that one held stays", async () => {
  const first = await commit(null, "first");
  const rewritten = await commit(first, "rewritten");
  const now = await commit(first, "now");
  const deleted = await commit(first, "deleted");
  const formerly = await commit(first, "formerly on the deleted branch");
  const lost = await commit(first, "lost");
  await move("main", null, first);
  await move("main", first, rewritten);
  await move("main", rewritten, now);
  await move("gone", null, formerly);
  await move("gone", formerly, deleted);
  await move("gone", deleted, null);
  const expired = await letTimePass();
  expect(expired).toMatchObject({ putAside: true, broughtBack: 0 });
  expect(await subjectOf(lost)).toBeUndefined();
  for (const oid of [first, rewritten, now, deleted, formerly]) expect(await subjectOf(oid)).toBeDefined();
  expect(await checkObjects(repo, { full: true })).toEqual([]);
});

test("what is younger than its grace stays, also when an ever shorter grace is asked for", async () => {
  await move("main", null, await commit(null, "first"));
  const young = await commit(null, "young");
  await expire(repo, { grace: 0, atLeast: 1 });
  await expire(repo, { grace: 0, atLeast: 1 });
  releaseObjects(repo);
  expect(await subjectOf(young)).toBe("young");
});

test("an object on which a push was built while it went aside comes back, and nothing is deleted", async () => {
  const first = await commit(null, "first");
  await move("main", null, first);
  const base = await commit(first, "built upon");
  await letTimePass();
  const aside = path.join(repo.dir, "objects", "aside");
  const [folder = ""] = await readdir(aside);
  expect(await subjectOf(base)).toBeUndefined();
  // The push was found complete just before, and moves its branch only now.
  const [packName = ""] = (await readdir(path.join(aside, folder))).filter((name) => name.endsWith(".pack"));
  for (const end of [".pack", ".idx"]) {
    const name = packName.replace(/\.pack$/, end);
    await rename(path.join(aside, folder, name), path.join(repo.dir, "objects/pack", name));
  }
  await move("late", null, await commit(base, "late"));
  for (const end of [".pack", ".idx"]) {
    const name = packName.replace(/\.pack$/, end);
    await rename(path.join(repo.dir, "objects/pack", name), path.join(aside, folder, name));
  }
  releaseObjects(repo);
  expect(await subjectOf(base)).toBeUndefined();
  expect(await expire(repo, { grace, atLeast: 1_000_000, aside: 0 })).toEqual({
    putAside: false,
    deleted: 0,
    broughtBack: 1,
  });
  expect(await subjectOf(base)).toBe("built upon");
  expect(await checkObjects(repo, { full: true })).toEqual([]);
});

test("what lies aside is deleted after a day, and not before", async () => {
  await move("main", null, await commit(null, "first"));
  await commit(null, "lost");
  await letTimePass();
  const [folder = ""] = await readdir(path.join(repo.dir, "objects/aside"));
  const aside = path.join(repo.dir, "objects/aside", folder);
  expect(await expire(repo, { grace, atLeast: 1_000 })).toMatchObject({ deleted: 0 });
  expect(existsSync(aside)).toBe(true);
  const yesterday = new Date(Date.now() - day - 60_000);
  await utimes(aside, yesterday, yesterday);
  expect(await expire(repo, { grace, atLeast: 1_000 })).toMatchObject({ deleted: 1, broughtBack: 0 });
  expect(existsSync(aside)).toBe(false);
});

test("a repository where nothing was lost is not rewritten", async () => {
  await move("main", null, await commit(null, "first"));
  await maintain(repo);
  const packs = await readdir(path.join(repo.dir, "objects/pack"));
  expect(await expire(repo, { grace })).toEqual({ putAside: false, deleted: 0, broughtBack: 0 });
  expect(await readdir(path.join(repo.dir, "objects/pack"))).toEqual(packs);
});

test("a check names what is missing and what is damaged, and changes nothing", async () => {
  const first = await commit(null, "first");
  await move("main", null, first);
  expect(await checkObjects(repo)).toEqual([]);
  const blob = (await gitText(repo.dir, ["rev-parse", `${first}:first.txt`])).trim();
  const file = path.join(repo.dir, "objects", blob.slice(0, 2), blob.slice(2));
  await rename(file, `${repo.dir}/away`);
  const missing = await checkObjects(repo);
  expect(missing.join("\n")).toContain(blob);
  expect(missing.join("\n")).not.toContain(repo.dir);
  await rename(`${repo.dir}/away`, file);
  await gitText(repo.dir, ["repack", "-a", "-d", "-q"]);
  const [pack = ""] = (await readdir(path.join(repo.dir, "objects/pack"))).filter((one) =>
    one.endsWith(".pack"),
  );
  const full = path.join(repo.dir, "objects/pack", pack);
  await chmod(full, 0o600);
  const handle = await open(full, "r+");
  await handle.write(Buffer.from([0xff, 0xff, 0xff]), 0, 3, 30);
  await handle.close();
  expect(await checkObjects(repo, { full: true })).not.toEqual([]);
});
