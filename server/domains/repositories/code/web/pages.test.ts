import { sql } from "drizzle-orm";
import { describe } from "vitest";
import { expect, test } from "../../../../../tools/testing/world.ts";

const demo = "/_web/repos/alice/demo";
const put = (text: string, message = "Write") => ({ message, content: Buffer.from(text).toString("base64") });

describe("the pages of code are told in one answer each", () => {
  test("the frame says what the visitor may do, and why not", async ({ alice, carol, anonymous }) => {
    const own = await alice.get(demo);
    expect(own.body).toMatchObject({
      branches: 2,
      tags: 1,
      empty: false,
      watching: true,
      can: { write: true },
    });
    expect(own.body.clone.http).toBe("http://wit.test/alice/demo.git");
    expect((await carol.get(demo)).body.can.write).toBe("You may read this repository, not write to it");
    expect((await anonymous.get(demo)).body.can).toMatchObject({
      write: "Sign in first",
      fork: "Sign in first",
    });
  });

  test("a folder shows the last commit of every entry and its README", async ({ anonymous }) => {
    const root = await anonymous.get(`${demo}/tree`);
    expect(root.body.entries.map((one: any) => one.name)).toEqual(["src", "test", "LICENSE", "README.md"]);
    expect(root.body.entries[0].last.subject).toBe("Greet more warmly");
    expect(root.body).toMatchObject({ commits: 5, complete: true, last: { author: { login: "alice" } } });
    expect(root.body.readme.html).toContain("<h1");
    const src = await anonymous.get(`${demo}/tree/feature/src`);
    expect(src.body).toMatchObject({ path: "src", revision: { kind: "branch", name: "feature" } });
    expect((await anonymous.get(`${demo}/tree/main/nope`)).status).toBe(404);
    const late = await anonymous.get(`${demo}/last-commits/${root.body.revision.commit}`);
    expect(late.body.complete).toBe(true);
    expect(late.body.entries.src.subject).toBe("Greet more warmly");
    expect((await anonymous.get(`${demo}/last-commits/main/README.md`)).status).toBe(404);
    expect((await anonymous.get(`${demo}/tree/nope`)).status).toBe(404);
  });

  test("a branch with slashes in its name is told from the path behind it", async ({ alice }) => {
    const { sha } = (await alice.get("/repos/alice/demo/git/ref/heads/feature")).body.object;
    await alice.post("/repos/alice/demo/git/refs", { ref: "refs/heads/src/deep", sha });
    const found = await alice.get(`${demo}/blob/src/deep/src/part.js`);
    expect(found.body).toMatchObject({ path: "src/part.js", revision: { name: "src/deep" }, binary: false });
  });

  test("a file comes highlighted, a Markdown file rendered too, and says whether it may be edited", async ({
    bob,
    anonymous,
  }) => {
    const file = await bob.get(`${demo}/blob/main/src/greet.js`);
    expect(file.body.language.name).toBe("JavaScript");
    expect(file.body.lines).toHaveLength(3);
    // The first file of a language can take longer than a page waits.
    await expect
      .poll(async () => (await bob.get(`${demo}/blob/main/src/greet.js`)).body, { timeout: 10_000 })
      .toMatchObject({
        coloured: "all",
        lines: [expect.stringContaining("<span"), expect.any(String), expect.any(String)],
      });
    expect(file.body.edit).toBe(true);
    expect((await bob.get(`${demo}/blob/v1.0/src/greet.js`)).body.edit).toBe(
      "Choose a branch to edit a file",
    );
    expect((await anonymous.get(`${demo}/blob/main/README.md`)).body.html).toContain("greet.js");
  });

  test("script in a file's name or content stays text", async ({ alice }) => {
    const evil = "<img src=x onerror=alert(1)>";
    const name = encodeURIComponent(`${evil.replaceAll("/", "")}.js`);
    expect((await alice.put(`/repos/alice/demo/contents/${name}`, put(`${evil}\n`))).status).toBe(201);
    const file = await alice.get(`${demo}/blob/main/${name}`);
    expect(file.body.lines.join("")).not.toContain("<img");
    await alice.put("/repos/alice/demo/contents/evil.md", put(`# ${evil}\n\n<script>alert(1)</script>\n`));
    expect((await alice.get(`${demo}/blob/main/evil.md`)).body.html).not.toMatch(/<script|onerror/);
  });

  test("blame and history name who wrote what", async ({ anonymous }) => {
    const blame = await anonymous.get(`${demo}/blame/main/src/greet.js`);
    expect(blame.body.commits.map((one: any) => one.subject)).toContain("Greet more warmly");
    const sum = blame.body.ranges.reduce((lines: number, one: any) => lines + one.count, 0);
    expect(sum).toBe(blame.body.lines.length);
    const history = await anonymous.get(`${demo}/commits/main?per_page=2`);
    expect(history.body.commits).toHaveLength(2);
    const next = await anonymous.get(`${demo}/commits/main?per_page=2&cursor=${history.body.next}`);
    expect(next.body.commits[1].subject).toBe("Explain what this is");
  });

  test("a commit's diff is drawn line by line and opened around its changes", async ({ anonymous }) => {
    const { commits } = (await anonymous.get(`${demo}/commits/main/src/greet.js`)).body;
    const page = await anonymous.get(`${demo}/commit/${commits[0].sha.slice(0, 8)}`);
    expect(page.body.commit.subject).toBe("Greet more warmly");
    const [file] = page.body.diff.files;
    expect(file.hunks[0].lines.map((one: string) => one[0])).toContain("+");
    const lines = await anonymous.get(`${demo}/lines/${file.new_oid}?path=src/greet.js&from=1&to=2`);
    expect(lines.body).toMatchObject({ total: 3 });
    expect(lines.body.lines).toHaveLength(2);
    expect((await anonymous.get(`${demo}/commit/${"0".repeat(40)}`)).status).toBe(404);
  });

  test("a lock file is folded with the reason", async ({ alice }) => {
    await alice.put("/repos/alice/demo/contents/package-lock.json", put("{}\n"));
    const head = (await alice.get("/repos/alice/demo/git/ref/heads/main")).body.object.sha;
    const page = await alice.get(`${demo}/commit/${head}`);
    expect(page.body.diff.files[0].folded).toContain("lock file");
  });

  test("the tenth version stands above the ninth, on every page", async ({ alice, carol }) => {
    const { sha } = (await alice.get("/repos/alice/demo/git/ref/heads/main")).body.object;
    for (const name of ["v9.0", "v10.0", "v10.1"])
      await alice.post("/repos/alice/demo/git/refs", { ref: `refs/tags/${name}`, sha });
    const names = ["v10.1", "v10.0", "v9.0", "v1.0"];
    expect((await carol.get(`${demo}/refs`)).body.tags).toEqual(names);
    const first = (await carol.get(`${demo}/tags?per_page=2`)).body;
    await alice.delete("/repos/alice/demo/git/refs/tags/v10.0");
    const second = (await carol.get(`${demo}/tags?per_page=2&cursor=${first.next}`)).body;
    const seen = [first, second].flatMap((page) => page.tags.map((tag: { name: string }) => tag.name));
    expect(seen).toEqual(names);
  });

  test("a tag that has its name in common with a branch is led to by its whole name", async ({ alice }) => {
    const old = (await alice.get("/repos/alice/demo/commits?sha=main")).body.at(-1).sha;
    const { sha } = (await alice.get("/repos/alice/demo/git/ref/heads/main")).body.object;
    await alice.post("/repos/alice/demo/git/refs", { ref: "refs/tags/both", sha: old });
    await alice.post("/repos/alice/demo/git/refs", { ref: "refs/heads/both", sha });
    const [tag] = (await alice.get(`${demo}/tags?q=both`)).body.tags;
    expect(tag).toMatchObject({ name: "both", ref: "refs/tags/both", last: { sha: old } });
    expect((await alice.get(`${demo}/refs`)).body.hidden_tags).toEqual(["both"]);
    const revision = { kind: "tag", name: "refs/tags/both", commit: old };
    expect((await alice.get(`${demo}/tree/${tag.ref}`)).body.revision).toEqual(revision);
    expect((await alice.get(`${demo}/tree/both`)).body.revision).toMatchObject({
      kind: "branch",
      commit: sha,
    });
    expect((await alice.get(`${demo}/tree/refs/heads/both`)).body.revision).toMatchObject({ name: "both" });
  });

  test("branches know how far they are from the default one", async ({ bob, carol }) => {
    const page = await bob.get(`${demo}/branches`);
    expect(page.body.branches).toMatchObject([
      { name: "feature", ahead: 2, behind: 0, delete: true },
      { name: "main", ahead: null, delete: "The default branch cannot be deleted" },
    ]);
    expect((await carol.get(`${demo}/branches?q=feat`)).body.branches[0].delete).toContain("read");
    expect((await carol.get(`${demo}/refs?q=v1`)).body).toMatchObject({ branches: [], tags: ["v1.0"] });
    expect((await carol.get(`${demo}/tags`)).body.tags[0].name).toBe("v1.0");
    expect((await carol.get(`${demo}/paths/main`)).body.paths).toContain("src/greet.js");
  });

  test("branches tell their rule, their open pull request, and whose or how old they are", async ({
    alice,
    bob,
    carol,
  }) => {
    const byName = async (person: typeof alice, view: string) => {
      const { status, body } = await person.get(`${demo}/branches?view=${view}`);
      expect(status).toBe(200);
      return Object.fromEntries(body.branches.map((one: any) => [one.name, one]));
    };
    const before = await byName(carol, "all");
    expect([before["feature"].protected, before["feature"].pull]).toEqual([false, null]);
    const rule = await alice.put("/repos/alice/demo/branches/feature/protection", {
      required_status_checks: null,
      enforce_admins: null,
      required_pull_request_reviews: null,
      restrictions: null,
    });
    expect(rule.status).toBe(200);
    const pull = { title: "Bring the feature", head: "feature", base: "main", draft: true };
    const { body: made } = await bob.post("/repos/alice/demo/pulls", pull);
    const after = await byName(carol, "all");
    expect(after["feature"]).toMatchObject({
      protected: true,
      pull: { number: made.number, title: "Bring the feature", draft: true },
    });
    expect(after["main"]).toMatchObject({ protected: false, pull: null });
    await bob.put("/repos/alice/demo/contents/new.txt", { ...put("x"), branch: "main" });
    expect(Object.keys(await byName(bob, "yours"))).toEqual(["main", "feature"]);
    expect(Object.keys(await byName(carol, "yours"))).toEqual([]);
    const [active, stale] = [await byName(carol, "active"), await byName(carol, "stale")];
    expect([...Object.keys(active), ...Object.keys(stale)].toSorted()).toEqual(["feature", "main"]);
    expect((await carol.get(`${demo}/branches?view=other`)).status).toBe(422);
  });

  test("a stranger sees no page of a private repository", async ({ mallory, alice }) => {
    const secret = "/_web/repos/alice/secret";
    for (const page of [
      "",
      "/tree",
      "/tree/main",
      "/blob/main/README.md",
      "/commits",
      "/branches",
      "/refs",
      "/tags",
    ]) {
      expect((await mallory.get(secret + page)).status, page).toBe(404);
      expect((await alice.get(secret + page)).status, page).toBe(200);
    }
  });
});

const fetchRaw = (world: any, path: string, headers = {}) =>
  world.app.fetch(new Request(`http://wit.test${path}`, { headers }));

describe("diffs as text", () => {
  test("stand at the addresses of their pages, for those who may read", async ({ world, anonymous }) => {
    const { sha } = (await anonymous.get("/repos/alice/demo/commits/main")).body;
    const text = async (path: string) => (await fetchRaw(world, path)).text();
    expect(await text(`/alice/demo/commit/${sha}.diff`)).toMatch(/^diff --git/);
    expect(await text(`/alice/demo/commit/${sha}.patch`)).toMatch(/^From [0-9a-f]{40}/);
    expect(await text("/alice/demo/compare/main...feature.diff")).toContain("+++ b/src/part.js");
    expect(await text("/alice/demo/compare/main...feature.patch")).toContain("Subject: [PATCH 2/2]");
    expect((await fetchRaw(world, `/alice/secret/commit/${sha}.diff`)).status).toBe(404);
    expect((await fetchRaw(world, "/alice/demo.git")).headers.get("location")).toBe(
      "http://wit.test/alice/demo",
    );
  });
});

describe("the family of a repository", () => {
  test("names one repository an owner, itself and the source first, and none that the reader may not see", async ({
    world,
    alice,
  }) => {
    for (const who of ["bob", "mallory", "carol"] as const) {
      expect((await world.as(who).post("/repos/alice/demo/forks", {})).status).toBe(202);
      await world.settle();
    }
    await alice.put("/repos/alice/demo/collaborators/carol", { permission: "pull" });
    await world.write(sql`update repositories set is_private = true where name = 'demo' and owner_id =
      (select id from owners where login = 'mallory')`);
    const of = async (who: "alice" | "mallory", at = "alice/demo", q = "") => {
      const { status, body } = await world.as(who).get(`/_web/repos/${at}/family?q=${q}`);
      expect(status).toBe(200);
      return body.repositories.map(
        (one: any) => `${one.prefix}${one.full_name}${one.source ? " source" : ""}`,
      );
    };
    expect(await of("alice")).toEqual(["alice/demo source", "bob:bob/demo", "carol:carol/demo"]);
    expect(await of("mallory", "bob/demo")).toEqual([
      "bob/demo",
      "alice:alice/demo source",
      "carol:carol/demo",
      "mallory:mallory/demo",
    ]);
    expect(await of("alice", "bob/demo", "CAR")).toEqual(["carol:carol/demo"]);
    expect(await of("alice", "alice/demo", "%")).toEqual([]);
    expect(await of("alice", "alice/secret")).toEqual(["alice/secret"]);
    expect((await world.as("mallory").get("/_web/repos/alice/secret/family")).status).toBe(404);
    // What it names is what a comparison understands.
    const compared = await alice.get("/_web/repos/alice/demo/compare/main...bob:main");
    expect(compared.body.head.repository).toBe("bob/demo");
  });
});

describe("raw files", () => {
  test("whatever they hold, no browser runs them", async ({ world, alice }) => {
    await alice.put("/repos/alice/demo/contents/page.html", put("<script>alert(1)</script>"));
    await alice.put("/repos/alice/demo/contents/image.svg", put("<svg onload='alert(1)'/>"));
    const page = await fetchRaw(world, "/alice/demo/raw/main/page.html");
    expect(page.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(page.headers.get("x-content-type-options")).toBe("nosniff");
    expect(await page.text()).toBe("<script>alert(1)</script>");
    const image = await fetchRaw(world, "/alice/demo/raw/main/image.svg");
    expect(image.headers.get("content-type")).toBe("image/svg+xml");
    expect(image.headers.get("content-security-policy")).toMatch(/default-src 'none'.*sandbox/);
  });

  test("they are revalidated by content, and private ones are seen by their readers alone", async ({
    world,
    alice,
  }) => {
    const first = await fetchRaw(world, "/alice/demo/raw/main/README.md");
    const again = await fetchRaw(world, "/alice/demo/raw/main/README.md", {
      "if-none-match": first.headers.get("etag"),
    });
    expect(again.status).toBe(304);
    expect((await fetchRaw(world, "/alice/secret/raw/main/README.md")).status).toBe(404);
    const own = { authorization: `token ${alice.token}` };
    expect((await fetchRaw(world, "/alice/secret/raw/main/README.md", own)).status).toBe(200);
    await alice.patch("/repos/alice/demo", { name: "moved" });
    const moved = await fetchRaw(world, "/alice/demo/raw/main/README.md");
    expect([moved.status, moved.headers.get("location")]).toEqual([
      301,
      "http://wit.test/alice/moved/raw/main/README.md",
    ]);
  });

  test("a part is answered as a part, of the version that the client has, and of nothing beyond the end", async ({
    world,
    alice,
  }) => {
    const large = Buffer.from(Array.from({ length: 60_000 }, (_, line) => `line ${line}\n`).join(""));
    for (const [name, content] of [
      ["large.txt", large],
      ["small.txt", Buffer.from("0123456789")],
    ] as const) {
      const body = { message: name, content: content.toString("base64") };
      expect((await alice.put(`/repos/alice/demo/contents/${name}`, body)).status).toBe(201);
      const at = `/alice/demo/raw/main/${name}`;
      const whole = await fetchRaw(world, at);
      const etag = whole.headers.get("etag") ?? "";
      expect([whole.status, whole.headers.get("accept-ranges")]).toEqual([200, "bytes"]);
      for (const [asked, from, to] of [
        ["bytes=3-", 3, content.length],
        ["bytes=0-4", 0, 5],
        ["bytes=-4", content.length - 4, content.length],
        [`bytes=${content.length - 6}-${content.length + 100}`, content.length - 6, content.length],
      ] as const) {
        const part = await fetchRaw(world, at, { range: asked, "if-range": etag });
        expect([part.status, part.headers.get("content-range"), part.headers.get("content-length")]).toEqual([
          206,
          `bytes ${from}-${to - 1}/${content.length}`,
          String(to - from),
        ]);
        expect(Buffer.from(await part.arrayBuffer()).equals(content.subarray(from, to))).toBe(true);
      }
      const beyond = await fetchRaw(world, at, { range: `bytes=${content.length}-` });
      expect([beyond.status, beyond.headers.get("content-range")]).toEqual([
        416,
        `bytes */${content.length}`,
      ]);
      const other = await fetchRaw(world, at, { range: "bytes=3-", "if-range": '"another"' });
      expect([other.status, (await other.arrayBuffer()).byteLength]).toEqual([200, content.length]);
    }
  });

  test("names and contents that are not UTF-8 come back byte by byte", async ({ world, alice }) => {
    const { git } = await import("../../../../git/process.ts");
    const { gitOf, findRepository } = await import("../../index.ts");
    const { systemContext } = await import("../../../../kernel/context.ts");
    const ctx = systemContext(world.services, "test");
    const repo = await findRepository(ctx, "alice", "demo");
    const { dir } = gitOf(ctx, repo ?? { diskPath: "" });
    const content = Buffer.from([0xe9, 0x0a]);
    const blob = (await git(dir, ["hash-object", "-w", "--stdin"], { input: content })).stdout
      .toString()
      .trim();
    const entry = Buffer.concat([
      Buffer.from(`100644 blob ${blob}\t`),
      Buffer.from([0xe9, 0x2e, 0x74]),
      Buffer.of(0),
    ]);
    const tree = (await git(dir, ["mktree", "-z"], { input: entry })).stdout.toString().trim();
    const env = {
      GIT_AUTHOR_NAME: "A",
      GIT_AUTHOR_EMAIL: "a",
      GIT_COMMITTER_NAME: "A",
      GIT_COMMITTER_EMAIL: "a",
    };
    const commit = (await git(dir, ["commit-tree", tree, "-m", "odd"], { env })).stdout.toString().trim();
    await git(dir, ["update-ref", "refs/heads/odd", commit]);
    const root = await alice.get("/repos/alice/demo/contents?ref=odd");
    const name = encodeURIComponent(root.body[0].path);
    const file = await alice.get(`/repos/alice/demo/contents/${name}?ref=odd`);
    expect(Buffer.from(file.body.content, "base64")).toEqual(content);
    expect((await alice.get(`${demo}/blob/odd/${name}`)).body).toMatchObject({
      encoding: "latin1",
      edit: expect.any(String),
    });
    const raw = await fetchRaw(world, `/alice/demo/raw/odd/${name}`);
    expect(Buffer.from(await raw.arrayBuffer())).toEqual(content);
    expect((await alice.get(`/repos/alice/demo/commits?sha=odd&path=${name}`)).body).toHaveLength(1);
  });

  test("a file whose name has a line end is read at its address by pages, API and download", async ({
    world,
    alice,
  }) => {
    const { git } = await import("../../../../git/process.ts");
    const { gitOf, findRepository } = await import("../../index.ts");
    const { systemContext } = await import("../../../../kernel/context.ts");
    const ctx = systemContext(world.services, "test");
    const repo = await findRepository(ctx, "alice", "demo");
    const { dir } = gitOf(ctx, repo ?? { diskPath: "" });
    const blob = (await git(dir, ["hash-object", "-w", "--stdin"], { input: Buffer.from("text") })).stdout
      .toString()
      .trim();
    const input = Buffer.from(`100644 blob ${blob}\ta\nb\r.txt\0`);
    const tree = (await git(dir, ["mktree", "-z"], { input })).stdout.toString().trim();
    const who = ["-c", "user.name=A", "-c", "user.email=a@example.com"];
    const commit = (await git(dir, [...who, "commit-tree", tree, "-m", "lines"])).stdout.toString().trim();
    await git(dir, ["update-ref", "refs/heads/lines", commit]);
    for (const address of [
      `${demo}/blob/lines/a%0Ab%0D.txt`,
      `${demo}/blame/lines/a%0Ab%0D.txt`,
      "/repos/alice/demo/contents/a%0Ab%0D.txt?ref=lines",
    ])
      expect((await alice.get(address)).status, address).toBe(200);
    expect(await (await fetchRaw(world, "/alice/demo/raw/lines/a%0Ab%0D.txt")).text()).toBe("text");
  });
});
