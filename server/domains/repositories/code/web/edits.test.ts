import { describe } from "vitest";
import { systemContext } from "../../../../kernel/context.ts";
import { commitChanges } from "../../../../git/write.ts";
import { findRepository, gitOf, moveRefs, requireAccess } from "../../index.ts";
import { createToken, usersByLogin } from "../../../accounts/index.ts";
import { expect, test, type World } from "../../../../../tools/testing/world.ts";

const api = "/repos/alice/demo";
const commits = "/_web/repos/alice/demo/commits";
const place = (rest: string) => `/_web/repos/alice/demo/edit/${rest}`;
const base64 = (bytes: string | Uint8Array) => Buffer.from(bytes).toString("base64");

type Person = { get: any; post: any; put: any; patch: any; delete: any };

const headOf = async (person: Person, branch = "main"): Promise<string> =>
  (await person.get(`${api}/git/ref/heads/${branch}`)).body.object.sha;

const bytesAt = async (person: Person, path: string, ref = "main"): Promise<Buffer> =>
  Buffer.from((await person.get(`${api}/contents/${path}?ref=${ref}`)).body.content, "base64");

const modeAt = async (person: Person, path: string, ref = "main"): Promise<string> =>
  (await person.get(`${api}/git/trees/${ref}?recursive=1`)).body.tree.find((one: any) => one.path === path)
    ?.mode;

/** A token of alice's that may read and nothing else. */
async function readingToken(world: World): Promise<string> {
  const ctx = systemContext(world.services, "test");
  const [alice] = (await usersByLogin(ctx, ["alice"])).values();
  const wanted = { name: "reader", scopes: ["repo:read" as const], expiresAt: null };
  return (await createToken(ctx, { id: alice?.id ?? "", login: "alice" }, wanted)).token;
}

/** Commits changes as somebody who saw the branch as it is now. */
async function commit(person: Person, changes: readonly object[], more: object = {}) {
  const expected_head = await headOf(person);
  return person.post(commits, { branch: "main", expected_head, changes, ...more });
}

describe("several changes are one commit", () => {
  test("files are made, edited, renamed and deleted at once, and the page to go to is told", async ({
    bob,
  }) => {
    const before = await headOf(bob);
    const made = await commit(
      bob,
      [
        { path: "docs/new.md", text: "# New\n", create: true },
        { path: "docs/picture.bin", content: base64(Uint8Array.of(0, 255, 13, 10)) },
        { path: "src/hello.js", previous_path: "src/greet.js" },
        { path: "LICENSE", delete: true },
      ],
      { message: "Turn\nthings over", description: "For a reason." },
    );
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ branch: "main", to: "tree/main" });
    const { body } = await bob.get(`${api}/git/commits/${made.body.commit}`);
    expect(body.message).toBe("Turn things over\n\nFor a reason.");
    expect(body.parents.map(({ sha }: any) => sha)).toEqual([before]);
    expect(await bytesAt(bob, "docs/picture.bin")).toEqual(Buffer.of(0, 255, 13, 10));
    expect((await bob.get(`${api}/contents/LICENSE`)).status).toBe(404);
    expect((await bob.get(`${api}/contents/src/greet.js`)).status).toBe(404);
    expect((await bob.get(`${api}/contents/src/hello.js`)).status).toBe(200);
  });

  test("a commit without a title says what it does", async ({ bob }) => {
    const said = async (change: object) => {
      const { body } = await bob.post(commits, {
        branch: "main",
        expected_head: await headOf(bob),
        change,
      });
      return [(await bob.get(`${api}/git/commits/${body.commit}`)).body.message, body.to];
    };
    expect(await said({ path: "a/b.md", text: "b\n", create: true })).toEqual([
      "Create b.md",
      "blob/main/a/b.md",
    ]);
    expect(await said({ path: "a/b.md", previous_path: "a/b.md", text: "c\n" })).toEqual([
      "Update b.md",
      "blob/main/a/b.md",
    ]);
    expect(await said({ path: "a/c.md", previous_path: "a/b.md" })).toEqual([
      "Rename b.md to c.md",
      "blob/main/a/c.md",
    ]);
    expect(await said({ path: "a/c.md", delete: true })).toEqual(["Delete c.md", "tree/main"]);
  });

  test("a new branch takes the commit and leaves the other as it is", async ({ bob }) => {
    const before = await headOf(bob);
    const change = { path: "README.md", text: "Other\n" };
    const target = { target: "new_branch", new_branch: "bob/edit" };
    const made = await commit(bob, [change], target);
    expect(made.body.to).toBe("pulls/new/main...bob/edit");
    expect(await headOf(bob)).toBe(before);
    expect((await bytesAt(bob, "README.md", "bob/edit")).toString()).toBe("Other\n");
    const again = await commit(bob, [change], target);
    expect(again.body.errors).toMatchObject([{ field: "new_branch", code: "already_exists" }]);
    const odd = await commit(bob, [change], { target: "new_branch", new_branch: "no..name" });
    expect(odd.body.errors).toMatchObject([{ field: "new_branch" }]);
    expect((await commit(bob, [change], { target: "new_branch" })).status).toBe(422);
  });

  test("the first file of a repository begins its branch", async ({ alice }) => {
    await alice.post("/user/repos", { name: "born" });
    const at = "/_web/repos/alice/born";
    const begin = await alice.get(`${at}/edit/main/docs`);
    expect(begin.body).toMatchObject({ branch: "main", head: null, path: "docs", can: { write: true } });
    const made = await alice.post(`${at}/commits`, {
      branch: "main",
      expected_head: null,
      change: { path: "docs/a.md", text: "a\n", create: true },
    });
    expect(made.body.to).toBe("blob/main/docs/a.md");
    expect((await alice.get("/repos/alice/born/contents/docs/a.md")).status).toBe(200);
  });

  test("nothing is committed when nothing would change, and when there is nothing to commit", async ({
    bob,
  }) => {
    const readme = (await bytesAt(bob, "README.md")).toString();
    const same = await commit(bob, [{ path: "README.md", previous_path: "README.md", text: readme }]);
    expect([same.status, same.body.message]).toEqual([422, expect.stringContaining("Nothing would change")]);
    expect((await commit(bob, [])).status).toBe(422);
    expect((await commit(bob, [{ path: "README.md" }])).status).toBe(422);
  });

  test("what would change is shown without anything being committed", async ({ bob }) => {
    const before = await headOf(bob);
    const shown = await bob.post(`${commits}/preview`, {
      branch: "main",
      expected_head: before,
      change: {
        path: "README.md",
        previous_path: "README.md",
        text: "# Anew\n\n<script>alert(1)</script>\n",
      },
    });
    expect(shown.body.diff.files).toMatchObject([{ path: "README.md", status: "modified" }]);
    expect(shown.body.html).toContain("<h1");
    expect(shown.body.html).not.toContain("<script");
    expect(await headOf(bob)).toBe(before);
  });
});

describe("no edit is lost", () => {
  test("what somebody did to other files stays, and the commit goes on top of it", async ({ alice, bob }) => {
    const seen = await headOf(bob);
    await commit(alice, [{ path: "LICENSE", text: "Hers\n" }]);
    const hers = await headOf(alice);
    const made = await bob.post(commits, {
      branch: "main",
      expected_head: seen,
      change: { path: "README.md", previous_path: "README.md", text: "His\n" },
    });
    expect(made.status).toBe(201);
    const { parents } = (await bob.get(`${api}/git/commits/${made.body.commit}`)).body;
    expect(parents.map(({ sha }: any) => sha)).toEqual([hers]);
    expect((await bytesAt(bob, "LICENSE")).toString()).toBe("Hers\n");
  });

  test("a file that somebody changed is not overwritten, and both texts are told", async ({ alice, bob }) => {
    const seen = await headOf(bob);
    const original = (await bytesAt(bob, "README.md")).toString();
    await commit(alice, [{ path: "README.md", text: "Hers\n" }]);
    const hers = await headOf(alice);
    const change = { path: "README.md", previous_path: "README.md", text: "His\n" };
    const refused = await bob.post(commits, { branch: "main", expected_head: seen, change });
    expect(refused.status).toBe(409);
    expect(refused.body.details).toEqual({
      head: hers,
      conflicts: [{ path: "README.md", seen: original, current: "Hers\n" }],
    });
    expect((await bytesAt(bob, "README.md")).toString()).toBe("Hers\n");
    const preview = await bob.post(`${commits}/preview`, { branch: "main", expected_head: seen, change });
    expect(preview.status).toBe(409);
    // Having seen hers, he may put his in its place.
    expect((await bob.post(commits, { branch: "main", expected_head: hers, change })).status).toBe(201);
  });

  test("deleting, renaming and making a file are held against what came in between too", async ({
    alice,
    bob,
  }) => {
    const seen = await headOf(bob);
    await commit(alice, [
      { path: "README.md", text: "Hers\n" },
      { path: "LICENSE", delete: true },
      { path: "made.txt", text: "Hers\n" },
    ]);
    for (const change of [
      { path: "README.md", delete: true },
      { path: "READ.md", previous_path: "README.md" },
      { path: "README.md", previous_path: "src/greet.js" },
      { path: "LICENSE", previous_path: "LICENSE", text: "His\n" },
      { path: "made.txt", text: "His\n", create: true },
    ]) {
      const answer = await bob.post(commits, { branch: "main", expected_head: seen, change });
      expect(answer.status, JSON.stringify(change)).toBe(409);
    }
    expect((await bytesAt(bob, "made.txt")).toString()).toBe("Hers\n");
  });

  test("a new file never takes the place of one that is there", async ({ bob }) => {
    const answer = await commit(bob, [{ path: "README.md", text: "His\n", create: true }]);
    expect(answer.body.errors).toMatchObject([{ field: "changes.0.path" }]);
  });

  test("a commit seen before the history was rewritten counts by what is in its files", async ({
    alice,
    bob,
  }) => {
    await commit(bob, [{ path: "other.txt", text: "gone\n" }]);
    const seen = await headOf(bob);
    const { parents } = (await bob.get(`${api}/git/commits/${seen}`)).body;
    await alice.patch(`${api}/git/refs/heads/main`, { sha: parents[0].sha, force: true });
    const write = (path: string) =>
      bob.post(commits, { branch: "main", expected_head: seen, change: { path, text: "His\n" } });
    expect((await write("other.txt")).status).toBe(409);
    expect((await write("README.md")).status).toBe(201);
    // A branch of its own does not bring back what was taken out.
    const aside = await bob.post(commits, {
      branch: "main",
      expected_head: seen,
      target: "new_branch",
      new_branch: "aside",
      change: { path: "LICENSE", text: "His\n" },
    });
    expect(aside.status).toBe(201);
    expect((await bob.get(`${api}/contents/other.txt?ref=aside`)).status).toBe(404);
  });

  test("of many who commit at once to files of their own, everybody's commit is on the branch", async ({
    alice,
    bob,
  }) => {
    const expected_head = await headOf(bob);
    const answers = await Promise.all(
      [alice, bob, alice, bob].map((person, index) =>
        person.post(commits, {
          branch: "main",
          expected_head,
          change: { path: `at-once/${index}.txt`, text: `${index}\n`, create: true },
        }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect((await bob.get(`${api}/contents/at-once`)).body).toHaveLength(4);
  });

  test("of many who commit at once to one file, one does and the others are told", async ({ alice, bob }) => {
    const expected_head = await headOf(bob);
    const answers = await Promise.all(
      [alice, bob, alice].map((person, index) =>
        person.post(commits, {
          branch: "main",
          expected_head,
          change: { path: "README.md", previous_path: "README.md", text: `${index}\n` },
        }),
      ),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409, 409]);
  });
});

describe("a file stays what it is but for what was typed", () => {
  test("line ends, a byte order mark and a missing last line end are kept byte by byte", async ({ bob }) => {
    const edits: readonly [path: string, before: string, typed: string, after: string][] = [
      ["crlf.txt", "one\r\ntwo\r\n", "one\n2\n", "one\r\n2\r\n"],
      ["mixed.txt", "one\r\ntwo\nthree\r\n", "one\ntwo\n3\n", "one\r\ntwo\n3\r\n"],
      ["marked.txt", "\uFEFFone\n", "1\n", "\uFEFF1\n"],
      ["open.txt", "one\ntwo", "one\n2", "one\n2"],
      ["wide.txt", "naïve 😀\u00a0\t\n", "naive 😀\u00a0\t\n", "naive 😀\u00a0\t\n"],
    ];
    await commit(
      bob,
      edits.map(([path, before]) => ({ path, content: base64(before) })),
    );
    for (const [path, before] of edits) {
      const shown = await bob.get(place(`main/${path}`));
      expect(shown.body.text, path).toBe(before.replace("\uFEFF", "").replaceAll("\r\n", "\n"));
    }
    expect((await bob.get(place("main/crlf.txt"))).body.line_ends).toBe("crlf");
    // As a form sends it: every line end as that of Windows.
    const typed = edits.map(([path, , text]) => ({
      path,
      previous_path: path,
      text: text.replaceAll("\n", "\r\n"),
    }));
    expect((await commit(bob, typed)).status).toBe(201);
    for (const [path, , , after] of edits) expect((await bytesAt(bob, path)).toString(), path).toBe(after);
  });

  test("text in another encoding cannot be edited as text, and is not made UTF-8 in passing", async ({
    bob,
  }) => {
    const latin = Buffer.from("caf\u00e9\n", "latin1");
    await commit(bob, [{ path: "latin.txt", content: base64(latin) }]);
    expect((await bob.get(place("main/latin.txt"))).body).toMatchObject({
      text: null,
      can: { edit: "Only text in UTF-8 can be edited here" },
    });
    const refused = await commit(bob, [{ path: "latin.txt", previous_path: "latin.txt", text: "cafe\n" }]);
    expect(refused.body.errors).toMatchObject([{ field: "changes.0.text" }]);
    await commit(bob, [{ path: "moved.txt", previous_path: "latin.txt" }]);
    expect(await bytesAt(bob, "moved.txt")).toEqual(latin);
  });

  test("an executable file stays one when it is edited and renamed, until told otherwise", async ({
    bob,
  }) => {
    await commit(bob, [{ path: "run.sh", text: "#!/bin/sh\n", executable: true }]);
    expect(await modeAt(bob, "run.sh")).toBe("100755");
    await commit(bob, [{ path: "run.sh", previous_path: "run.sh", text: "#!/bin/sh\nls\n" }]);
    expect(await modeAt(bob, "run.sh")).toBe("100755");
    await commit(bob, [{ path: "bin/run", previous_path: "run.sh", text: "#!/bin/sh\nls -l\n" }]);
    expect(await modeAt(bob, "bin/run")).toBe("100755");
    await commit(bob, [{ path: "bin/run", executable: false }]);
    expect(await modeAt(bob, "bin/run")).toBe("100644");
  });
});

describe("who may not, does not", () => {
  test("a protected branch takes no commit here, and says so before", async ({ alice, bob }) => {
    expect((await bob.get(place("main/README.md"))).body.can.direct).toBe(true);
    await alice.put(`${api}/branches/main/protection`, {
      required_status_checks: null,
      enforce_admins: true,
      required_pull_request_reviews: { required_approving_review_count: 1 },
      restrictions: null,
    });
    expect((await bob.get(place("main/README.md"))).body).toMatchObject({
      new_branch: "bob-patch-1",
      can: { write: true, direct: expect.stringContaining("changes come in by pull request") },
    });
    const change = { path: "README.md", previous_path: "README.md", text: "His\n" };
    const refused = await commit(bob, [change]);
    expect([refused.status, refused.body.message]).toEqual([422, expect.stringContaining("protected")]);
    const aside = await commit(bob, [change], { target: "new_branch", new_branch: "bob-patch-1" });
    expect(aside.status).toBe(201);
    expect((await bob.get(place("main/README.md"))).body.new_branch).toBe("bob-patch-2");
  });

  test("readers, strangers and a token that only reads are refused, and an archive stays as it is", async ({
    world,
    alice,
    carol,
    mallory,
    anonymous,
  }) => {
    const body = {
      branch: "main",
      expected_head: await headOf(carol),
      change: { path: "README.md", text: "Mine\n" },
    };
    expect((await anonymous.post(commits, body)).status).toBe(401);
    expect((await carol.post(commits, body)).status).toBe(403);
    expect((await mallory.post("/_web/repos/alice/secret/commits", body)).status).toBe(404);
    expect((await mallory.get("/_web/repos/alice/secret/edit/main/README.md")).status).toBe(404);
    expect((await world.withToken(await readingToken(world)).post(commits, body)).status).toBe(403);
    expect((await carol.get(place("main/README.md"))).body.can).toMatchObject({
      write: "You may read this repository, not write to it",
      fork: true,
    });
    expect((await anonymous.get(place("main/README.md"))).body.can.write).toBe("Sign in first");
    await alice.patch(api, { archived: true });
    expect((await alice.post(commits, body)).status).toBe(403);
    expect((await alice.post(`${commits}/preview`, body)).status).toBe(403);
    expect((await alice.get(place("main/README.md"))).body.can.write).toContain("archived");
  });

  test("a tag is no place to write, and a branch that is gone takes no commit", async ({ alice, bob }) => {
    expect((await bob.get(place("v1.0/README.md"))).body.can.write).toContain("branch");
    expect((await bob.get(place("nowhere/README.md"))).status).toBe(404);
    const expected_head = await headOf(bob, "feature");
    await alice.delete(`${api}/git/refs/heads/feature`);
    const change = { path: "README.md", text: "His\n" };
    expect((await bob.post(commits, { branch: "feature", expected_head, change })).status).toBe(404);
    expect((await bob.get(`${api}/git/ref/heads/feature`)).status).toBe(404);
  });

  test("no path leads out of the repository or into git's own folder", async ({ bob }) => {
    const before = await headOf(bob);
    for (const path of [
      "../out.txt",
      "a/../../out.txt",
      "/etc/passwd",
      ".git/config",
      "a/.GIT/hooks/pre-commit",
      "git~1/config",
      "a//b",
      "./a",
      "a\\b",
      "",
      "README.md/below",
      "src",
    ]) {
      const made = await commit(bob, [{ path, text: "evil\n" }]);
      expect([made.status, made.body.errors?.[0]?.field], path).toEqual([422, "changes.0.path"]);
      const moved = await commit(bob, [{ path, previous_path: "LICENSE" }]);
      expect(moved.status, path).toBe(422);
    }
    expect(await headOf(bob)).toBe(before);
  });

  test("a symbolic link is neither edited nor written through", async ({ world, bob }) => {
    const ctx = systemContext(world.services, "test");
    const repo = requireAccess(ctx, await findRepository(ctx, "alice", "demo"), "write");
    const base = await headOf(bob);
    const me = { name: "Alice", email: "a@example.test", time: 1_700_000_000, zone: "+0000" };
    const content = { bytes: Buffer.from("../../etc/passwd") };
    const made = await commitChanges(gitOf(ctx, repo), {
      base,
      changes: [{ kind: "put", path: "link", content, mode: "120000" }],
      message: "Link",
      author: me,
      committer: me,
    });
    await moveRefs(ctx, repo, [{ ref: "refs/heads/main", old: base, new: made.commit }], { reason: "test" });
    expect((await bob.get(place("main/link"))).body.can.edit).toBe("This is a symbolic link");
    expect((await commit(bob, [{ path: "link", text: "evil\n" }])).status).toBe(422);
    expect((await commit(bob, [{ path: "link/below", text: "evil\n" }])).status).toBe(422);
    expect((await commit(bob, [{ path: "link", delete: true }])).status).toBe(201);
  });

  test("more than a hundred files, and more than ten megabytes, are refused", async ({ bob }) => {
    const many = Array.from({ length: 101 }, (_, index) => ({ path: `many/${index}`, text: "x" }));
    expect((await commit(bob, many)).status).toBe(422);
    const half = base64(Buffer.alloc(6 * 1024 * 1024));
    expect((await commit(bob, [{ path: "a.bin", content: half }])).status).toBe(201);
    const both = [
      { path: "a.bin", content: half },
      { path: "b.bin", content: half },
    ];
    expect((await commit(bob, both)).status).toBe(413);
    expect((await commit(bob, [{ path: "c.bin", content: "not base64!" }])).status).toBe(422);
  });
});
