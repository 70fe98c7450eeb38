import { describe } from "vitest";
import { expect, test } from "../../../../tools/testing/world.ts";

const demo = "/repos/alice/demo";
const base64 = (text: string) => Buffer.from(text).toString("base64");

describe("reading code", () => {
  test("a reader sees branches, tags and refs in GitHub's shapes", async ({ carol }) => {
    const branches = await carol.get(`${demo}/branches`);
    expect(branches.body.map((one: any) => one.name)).toEqual(["feature", "main"]);
    expect((await carol.get(`${demo}/branches/main`)).body.commit.commit.message).toBe("Greet more warmly");
    expect((await carol.get(`${demo}/branches/nope`)).status).toBe(404);
    expect((await carol.get(`${demo}/tags`)).body.map((one: any) => one.name)).toEqual(["v1.0"]);
    expect((await carol.get(`${demo}/git/ref/heads/main`)).body.object.type).toBe("commit");
    expect((await carol.get(`${demo}/git/matching-refs/heads/f`)).body).toHaveLength(1);
  });

  test("branches are paged by name with a cursor that survives a new branch", async ({ alice }) => {
    const first = await alice.get(`${demo}/branches?per_page=1`);
    expect(first.body[0].name).toBe("feature");
    const next = /<[^>]*\/api\/v3([^>]*)>; rel="next"/.exec(first.headers.get("link") ?? "")?.[1] ?? "";
    const { object } = (await alice.get(`${demo}/git/ref/heads/main`)).body;
    await alice.post(`${demo}/git/refs`, { ref: "refs/heads/aaa", sha: object.sha });
    expect((await alice.get(next)).body[0].name).toBe("main");
  });

  test("history is filtered by path, author and time, and paged", async ({ anonymous }) => {
    const all = await anonymous.get(`${demo}/commits`);
    expect(all.body.map((one: any) => one.commit.message)[0]).toBe("Greet more warmly");
    expect(all.body).toHaveLength(5);
    const page = await anonymous.get(`${demo}/commits?per_page=2&page=2`);
    expect(page.body.map((one: any) => one.sha)).toEqual(all.body.slice(2, 4).map((one: any) => one.sha));
    expect(page.headers.get("link")).toContain('rel="next"');
    expect((await anonymous.get(`${demo}/commits?path=src/greet.js`)).body).toHaveLength(2);
    const bobs = await anonymous.get(`${demo}/commits?author=bob`);
    expect(bobs.body).toHaveLength(2);
    expect(bobs.body[0].author.login).toBe("bob");
    const since = all.body[1].commit.committer.date;
    expect((await anonymous.get(`${demo}/commits?since=${since}`)).body).toHaveLength(2);
    expect((await anonymous.get(`${demo}/commits?sha=nothing-here`)).status).toBe(404);
    expect((await anonymous.get(`${demo}/commits?path=../etc/passwd`)).status).toBe(422);
  });

  test("a commit is answered as JSON with its changes, as a diff and as a patch", async ({ anonymous }) => {
    const commit = await anonymous.get(`${demo}/commits/main`);
    expect(commit.body.files[0]).toMatchObject({ filename: "src/greet.js", status: "modified" });
    expect(commit.body.files[0].patch).toContain("+  return `A warm hello");
    const accept = (kind: string) => ({ accept: `application/vnd.github.${kind}` });
    expect((await anonymous.get(`${demo}/commits/main`, accept("diff"))).body).toMatch(/^diff --git/);
    expect((await anonymous.get(`${demo}/commits/main`, accept("v3.patch"))).body).toMatch(
      /^From [0-9a-f]{40}/,
    );
    expect((await anonymous.get(`${demo}/commits/main`, accept("sha"))).body).toBe(commit.body.sha);
    expect((await anonymous.get(`${demo}/git/commits/${commit.body.sha}`)).body.message).toBe(
      "Greet more warmly",
    );
  });

  test("files, folders and the README are read at any place in history", async ({ anonymous }) => {
    const root = await anonymous.get(`${demo}/contents`);
    expect(root.body.map((one: any) => `${one.type} ${one.path}`)).toEqual([
      "file LICENSE",
      "file README.md",
      "dir src",
      "dir test",
    ]);
    expect((await anonymous.get(`${demo}/contents/`)).body).toEqual(root.body);
    const file = await anonymous.get(`${demo}/contents/src/greet.js?ref=v1.0`);
    expect(Buffer.from(file.body.content, "base64").toString()).toContain("`Hello, ");
    const raw = await anonymous.get(`${demo}/contents/src/greet.js`, {
      accept: "application/vnd.github.raw",
    });
    expect(raw.body).toContain("A warm hello");
    expect(raw.headers.get("content-security-policy")).toContain("sandbox");
    expect((await anonymous.get(`${demo}/readme`)).body.name).toBe("README.md");
    const tree = await anonymous.get(`${demo}/git/trees/main?recursive=1`);
    expect(tree.body.tree.map((one: any) => one.path)).toContain("src/greet.js");
    const blob = await anonymous.get(`${demo}/git/blobs/${file.body.sha}`);
    expect(blob.body.size).toBe(file.body.size);
  });

  test("a comparison shows what the head has and the base lacks", async ({ anonymous }) => {
    const found = await anonymous.get(`${demo}/compare/main...feature`);
    expect(found.body).toMatchObject({ status: "ahead", ahead_by: 2, behind_by: 0, total_commits: 2 });
    expect(found.body.files.map((one: any) => one.filename)).toEqual(["src/greet.js", "src/part.js"]);
    expect((await anonymous.get(`${demo}/compare/feature...main`)).body.status).toBe("behind");
    const diff = await anonymous.get(`${demo}/compare/main...feature`, {
      accept: "application/vnd.github.diff",
    });
    expect(diff.body).toContain("+++ b/src/part.js");
    expect((await anonymous.get(`${demo}/compare/main...mallory:main`)).status).toBe(404);
  });

  test("a branch of a fork is compared with what came after it was forked", async ({ mallory, alice }) => {
    expect((await mallory.post(`${demo}/forks`)).status).toBe(202);
    const put = (who: typeof alice, repo: string, path: string) =>
      who.put(`/repos/${repo}/contents/${path}`, { message: `Add ${path}`, content: base64(path) });
    expect((await put(mallory, "mallory/demo", "theirs.txt")).status).toBe(201);
    expect((await put(alice, "alice/demo", "ours.txt")).status).toBe(201);
    const found = await alice.get(`${demo}/compare/main...mallory:main`);
    expect(found.body).toMatchObject({ status: "diverged", ahead_by: 1, behind_by: 1 });
    expect(found.body.files.map((one: any) => one.filename)).toEqual(["theirs.txt"]);
  });

  test("an empty repository says so", async ({ alice }) => {
    await alice.post("/user/repos", { name: "empty" });
    expect((await alice.get("/repos/alice/empty/commits")).status).toBe(409);
    expect((await alice.get("/repos/alice/empty/contents")).status).toBe(409);
    expect((await alice.get("/repos/alice/empty/branches")).body).toEqual([]);
  });
});

describe("merging branches", () => {
  test("a branch is merged into another, once, and a conflict is told with its files", async ({
    bob,
    carol,
  }) => {
    const merged = await bob.post(`${demo}/merges`, {
      base: "main",
      head: "feature",
      commit_message: "Together",
    });
    expect(merged.status).toBe(201);
    expect(merged.body.commit.message).toBe("Together");
    expect(merged.body.parents).toHaveLength(2);
    expect((await bob.get(`${demo}/contents/src/part.js`)).status).toBe(200);
    expect((await bob.post(`${demo}/merges`, { base: "main", head: "feature" })).status).toBe(204);
    expect((await bob.post(`${demo}/merges`, { base: "main", head: "nope" })).status).toBe(404);
    expect((await carol.post(`${demo}/merges`, { base: "main", head: "feature" })).status).toBe(403);
    for (const branch of ["main", "feature"]) {
      const { sha } = (await bob.get(`${demo}/contents/LICENSE?ref=${branch}`)).body;
      await bob.put(`${demo}/contents/LICENSE`, { message: "x", content: base64(branch), sha, branch });
    }
    const conflict = await bob.post(`${demo}/merges`, { base: "main", head: "feature" });
    expect([conflict.status, conflict.body.message]).toEqual([409, "Merge conflict in LICENSE"]);
  });

  test("a fork follows where it came from, straight or by a merge", async ({ mallory, alice }) => {
    await mallory.post(`${demo}/forks`);
    const sync = () => mallory.post("/repos/mallory/demo/merge-upstream", { branch: "main" });
    expect((await sync()).body.merge_type).toBe("none");
    await alice.put(`${demo}/contents/new.txt`, { message: "New", content: base64("new") });
    expect((await sync()).body.merge_type).toBe("fast-forward");
    await mallory.put("/repos/mallory/demo/contents/mine.txt", { message: "Mine", content: base64("mine") });
    await alice.put(`${demo}/contents/newer.txt`, { message: "Newer", content: base64("newer") });
    expect((await sync()).body.merge_type).toBe("merge");
    expect((await mallory.get("/repos/mallory/demo/contents/newer.txt")).status).toBe(200);
    expect((await alice.post(`${demo}/merge-upstream`, { branch: "main" })).status).toBe(422);
  });
});

describe("writing code", () => {
  test("a file is created, changed and deleted, each with the blob its writer has seen", async ({ bob }) => {
    const path = `${demo}/contents/notes/ä b.md`.replace("ä b", "%C3%A4%20b");
    const made = await bob.put(path, { message: "Add notes", content: base64("one\n") });
    expect(made.status).toBe(201);
    expect(made.body.content.path).toBe("notes/ä b.md");
    expect(made.body.commit.author.email).toMatch(/^\d+\+bob@users\.noreply\.wit\.test$/);
    expect((await bob.put(path, { message: "Again", content: base64("x") })).status).toBe(422);
    const stale = { message: "Change", content: base64("two\n"), sha: "0".repeat(40) };
    expect((await bob.put(path, stale)).status).toBe(409);
    const changed = await bob.put(path, { ...stale, sha: made.body.content.sha });
    expect(changed.status).toBe(200);
    expect((await bob.delete(path, { message: "Away", sha: made.body.content.sha })).status).toBe(409);
    expect((await bob.delete(path, { message: "Away", sha: changed.body.content.sha })).status).toBe(200);
    expect((await bob.get(path)).status).toBe(404);
  });

  test("the first file of an empty repository begins its branch", async ({ alice }) => {
    await alice.post("/user/repos", { name: "empty" });
    const made = await alice.put("/repos/alice/empty/contents/a.txt", {
      message: "First",
      content: base64("a"),
    });
    expect(made.status).toBe(201);
    expect(made.body.commit.parents).toEqual([]);
    expect((await alice.get("/repos/alice/empty/branches/main")).status).toBe(200);
  });

  test("of writers who saw the same branch at once, each gets in or is told; nothing is lost", async ({
    bob,
  }) => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        bob.put(`${demo}/contents/race/${n}.txt`, { message: `Race ${n}`, content: base64(String(n)) }),
      ),
    );
    const won = answers.flatMap((one, n) => (one.status === 201 ? [`${n}.txt`] : []));
    expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true);
    expect(won.length).toBeGreaterThan(0);
    const there = await bob.get(`${demo}/contents/race`);
    expect(there.body.map((one: any) => one.name)).toEqual(won);
  });

  const forbiddenPaths = [
    "../outside",
    "a/../../b",
    ".git/config",
    "x/.GIT/config",
    "git~1/config",
    "a//b",
    "./a",
    "a\\b",
    "nul\u0001l",
  ];

  test("no file is written outside of the tree, nor where some system would take it for .git", async ({
    bob,
  }) => {
    for (const path of forbiddenPaths) {
      const write = { message: "Attack", content: base64("x") };
      const answer = await bob.put(`${demo}/contents/${encodeURIComponent(path)}`, write);
      expect(answer.status, path).toBe(422);
    }
  });

  test("nothing is written through a link, nor over it", async ({ alice, world }) => {
    const { commitChanges } = await import("../../../git/write.ts");
    const { moveRefs, findRepository, requireAccess, gitOf } = await import("../index.ts");
    const { systemContext } = await import("../../../kernel/context.ts");
    const ctx = systemContext(world.services, "test");
    const repo = requireAccess(ctx, await findRepository(ctx, "alice", "demo"), "write");
    const base = (await alice.get(`${demo}/git/ref/heads/main`)).body.object.sha;
    const me = { name: "Alice", email: "a@example.test", time: 1_700_000_000, zone: "+0000" };
    const { commit } = await commitChanges(gitOf(ctx, repo), {
      base,
      changes: [{ kind: "put", path: "link", content: { bytes: Buffer.from("src") }, mode: "120000" }],
      message: "Link",
      author: me,
      committer: me,
    });
    await moveRefs(ctx, repo, [{ ref: "refs/heads/main", old: base, new: commit }], { reason: "test" });
    expect((await alice.get(`${demo}/contents/link`)).body).toMatchObject({ type: "symlink", target: "src" });
    const write = { message: "Attack", content: base64("x") };
    expect((await alice.put(`${demo}/contents/link/evil.js`, write)).status).toBe(422);
    expect((await alice.put(`${demo}/contents/link`, write)).status).toBe(422);
    expect((await alice.get(`${demo}/contents/link/greet.js`)).status).toBe(404);
  });

  test("branches are made, moved forward, moved back only by force, and deleted", async ({ bob }) => {
    const head = (await bob.get(`${demo}/git/ref/heads/main`)).body.object.sha;
    const older = (await bob.get(`${demo}/commits?per_page=1&page=3`)).body[0].sha;
    const made = await bob.post(`${demo}/git/refs`, { ref: "refs/heads/topic/x", sha: older });
    expect(made.status).toBe(201);
    expect((await bob.post(`${demo}/git/refs`, { ref: "refs/heads/topic/x", sha: head })).status).toBe(422);
    const at = `${demo}/git/refs/heads/topic/x`;
    expect((await bob.patch(at, { sha: head })).status).toBe(200);
    expect((await bob.patch(at, { sha: older })).body.message).toBe("Update is not a fast forward");
    expect((await bob.patch(at, { sha: older, force: true })).status).toBe(200);
    expect((await bob.delete(at)).status).toBe(204);
    expect((await bob.delete(at)).status).toBe(422);
    expect((await bob.delete(`${demo}/git/refs/heads/main`)).body.message).toContain("default branch");
  });

  const forbiddenRefs = [
    "refs/pull/1/head",
    "refs/wit/secret",
    "refs/heads/-x",
    "refs/heads/a..b",
    "refs/heads/a b",
    "refs/heads/HEAD",
    "refs/heads/../../config",
    "refs/heads/x.lock",
    `refs/heads/${"a".repeat(40)}`,
    "heads/main",
    "HEAD",
  ];

  test("no reference is made under a name that git refuses or that is the server's", async ({ bob }) => {
    const { sha } = (await bob.get(`${demo}/git/ref/heads/main`)).body.object;
    for (const ref of forbiddenRefs)
      expect((await bob.post(`${demo}/git/refs`, { ref, sha })).status, ref).toBe(422);
  });

  const strangeNames = [
    "-x",
    "--output=x",
    "a..b",
    "HEAD^{tree}",
    "@{1}",
    "refs/wit/x",
    "x\ny",
    "%00",
    ":/x",
  ];

  test("an option, an expression or a control character names nothing in any address", async ({ alice }) => {
    for (const part of strangeNames.map(encodeURIComponent))
      for (const path of [
        `branches/${part}`,
        `git/ref/${part}`,
        `commits/${part}`,
        `contents/README.md?ref=${part}`,
        `git/trees/${part}`,
        `git/blobs/${part}`,
        `git/commits/${part}`,
        `git/tags/${part}`,
        `compare/main...${part}`,
        `commits?sha=${part}`,
      ])
        expect([404, 422], path).toContain((await alice.get(`${demo}/${path}`)).status);
  });

  test("a reader may not write, a stranger sees nothing, nobody writes to an archive", async ({
    carol,
    mallory,
    alice,
    bob,
  }) => {
    const write = { message: "x", content: base64("x") };
    expect((await carol.put(`${demo}/contents/x`, write)).status).toBe(403);
    expect((await mallory.put("/repos/alice/secret/contents/x", write)).status).toBe(404);
    expect((await mallory.get("/repos/alice/secret/contents/README.md")).status).toBe(404);
    await alice.patch(demo, { archived: true });
    expect((await bob.put(`${demo}/contents/x`, write)).status).toBe(403);
    expect((await bob.get(`${demo}/contents`)).status).toBe(200);
  });
});
