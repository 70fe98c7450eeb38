import { describe } from "vitest";
import { expect, test } from "../../../../../tools/testing/world.ts";

const demo = "/_web/repos/alice/demo";
const put = (content: string | Buffer) => ({
  message: "Write",
  content: Buffer.from(content).toString("base64"),
});

describe("the code of a repository is searched", () => {
  test("lines come with those around them, what matches is told, and a folder narrows it", async ({
    alice,
    carol,
  }) => {
    await alice.put("/repos/alice/demo/contents/src/many.txt", put("a\nb\nneedle <i> needle\nc\nd\n"));
    const { body } = await carol.get(`${demo}/search?q=NEEDLE`);
    expect(body).toMatchObject({ more: false, timed_out: false, revision: { name: "main" } });
    expect(body.files).toHaveLength(1);
    expect(body.files[0]).toMatchObject({ path: "src/many.txt", more: false });
    expect(body.files[0].lines.map((one: any) => one.line)).toEqual([2, 3, 4]);
    expect(body.files[0].lines[1]).toMatchObject({
      html: "needle &lt;i&gt; needle",
      ranges: [
        [0, 6],
        [11, 17],
      ],
    });
    expect((await carol.get(`${demo}/search?q=needle&path=test`)).body.files).toEqual([]);
    expect((await carol.get(`${demo}/search?q=needle&path=src`)).body.files[0].path).toBe("src/many.txt");
    expect((await carol.get(`${demo}/search?q=needle&path=src/many.txt`)).body.files[0].path).toBe(
      "src/many.txt",
    );
    expect((await carol.get(`${demo}/search?q=needle&ref=v1.0`)).body.files).toEqual([]);
    expect((await carol.get(`${demo}/search?q=NEEDLE&case=1`)).body.files).toEqual([]);
    expect((await carol.get(`${demo}/search?q=n.%2Ble&regex=1`)).body.files).toHaveLength(1);
  });

  test("a long line, a byte order mark and bytes that are not UTF-8 do not move what is marked", async ({
    alice,
  }) => {
    const write = (name: string, content: string | Buffer) =>
      alice.put(`/repos/alice/demo/contents/${name}`, put(content));
    await write("long.txt", `${"ä".repeat(5000)}needle${"x".repeat(5000)}\n`);
    await write("marked.txt", "\uFEFFneedle\r\n");
    await write("latin.txt", Buffer.from("\xe9\xc3\xa4 needle\n", "latin1"));
    const { files } = (await alice.get(`${demo}/search?q=needle`)).body;
    expect(files).toHaveLength(3);
    for (const { path, lines } of files) {
      const [{ html, ranges, cut }] = lines;
      expect(html.slice(...ranges[0]), path).toBe("needle");
      expect(cut).toBe(path === "long.txt");
      expect(html.length).toBeLessThan(400);
    }
  });

  test("what cannot be looked for is refused with the reason", async ({ carol }) => {
    for (const [asked, reason] of [
      ["q=(&regex=1", "no regular expression"],
      ["q=(a)%5C1&regex=1", "refer back"],
      ["q=x&ref=nope", "no branch, tag or commit nope"],
      ["q=x&path=nope", "There is no nope at main"],
      ["q=x&path=../../etc", "There is no"],
    ] as const) {
      const { status, body } = await carol.get(`${demo}/search?${asked}`);
      expect(status, asked).toBe(422);
      expect(body.message).toContain(reason);
    }
  });

  test("an empty repository has nothing to search, and a private one is searched by its readers alone", async ({
    alice,
    mallory,
    anonymous,
  }) => {
    await alice.post("/user/repos", { name: "empty" });
    expect((await alice.get("/_web/repos/alice/empty/search?q=x")).body).toMatchObject({
      revision: null,
      files: [],
    });
    for (const page of ["search?q=e", "contributors", "commit/main/contained"])
      for (const who of [mallory, anonymous])
        expect((await who.get(`/_web/repos/alice/secret/${page}`)).status, page).toBe(404);
    expect((await alice.get("/_web/repos/alice/secret/search?q=e")).status).toBe(200);
  });
});

describe("who wrote it, and where it went", () => {
  test("contributors are counted by person, most commits first", async ({ anonymous, alice }) => {
    const { body } = await anonymous.get(`${demo}/contributors`);
    expect(body.branch).toBe("main");
    expect(body.commits).toBe(5);
    expect(body.contributors.map((one: any) => [one.person.login, one.commits])).toEqual([
      ["alice", 3],
      ["bob", 2],
    ]);
    await alice.put(
      "/repos/alice/demo/contents/.mailmap",
      put("Alice Archer <alice@example.test> <bob@example.test>\n"),
    );
    const mapped = (await anonymous.get(`${demo}/contributors`)).body;
    expect(mapped).toMatchObject({
      total: 1,
      commits: 6,
      contributors: [{ person: { login: "alice" }, commits: 6 }],
    });
  });

  test("a commit names the branches and tags that have it, the default branch first", async ({
    anonymous,
    alice,
  }) => {
    const [head, , , , first] = (await anonymous.get("/repos/alice/demo/commits")).body;
    for (let number = 0; number < 25; number += 1)
      await alice.post("/repos/alice/demo/git/refs", { ref: `refs/heads/a-${number}`, sha: head.sha });
    const old = (await anonymous.get(`${demo}/commit/${first.sha}/contained`)).body;
    expect(old.branches.names[0]).toBe("main");
    expect(old.branches.names).toHaveLength(20);
    expect(old.branches.total).toBe(27);
    expect(old).toMatchObject({ tags: { names: ["v1.0"], total: 1 }, timed_out: false });
    const last = (await anonymous.get(`${demo}/commit/${head.sha.slice(0, 8)}/contained`)).body;
    expect(last.tags.total).toBe(0);
    expect((await anonymous.get(`${demo}/commit/${"0".repeat(40)}/contained`)).status).toBe(404);
  });
});
