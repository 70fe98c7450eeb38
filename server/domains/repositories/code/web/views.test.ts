import { execFileSync } from "node:child_process";
import { eq } from "drizzle-orm";
import { describe } from "vitest";
import { expect, test } from "../../../../../tools/testing/world.ts";
import { systemContext } from "../../../../kernel/context.ts";
import { repositories } from "../../schema.ts";
import { readNotebook } from "./notebook.ts";

const demo = "/_web/repos/alice/demo";
const contents = "/repos/alice/demo/contents";
const put = (text: string | Uint8Array, message = "Write") => ({
  message,
  content: Buffer.from(text).toString("base64"),
});
const png =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

describe("files are shown as what they are", () => {
  test("a table comes as rows with their lines, and as its lines when those are asked for", async ({
    alice,
  }) => {
    await alice.put(`${contents}/a.csv`, put('name,size\n"a, ""b""",1\nc\n'));
    const { body } = await alice.get(`${demo}/blob/main/a.csv`);
    expect(body).toMatchObject({ view: "table", lines: [], line_count: 3, html: null });
    expect(body.table).toEqual({
      head: ["name", "size"],
      rows: [
        { line: 2, cells: ['a, "b"', "1"] },
        { line: 3, cells: ["c"] },
      ],
      more: false,
      problems: [{ line: 3, message: "1 cell where the first row has 2" }],
    });
    const plain = await alice.get(`${demo}/blob/main/a.csv?plain=1`);
    expect(plain.body).toMatchObject({ view: "table", table: null, line_count: 3 });
    expect(plain.body.lines).toHaveLength(3);
  });

  test("a document brings its headings, a program what it declares", async ({ alice }) => {
    await alice.put(`${contents}/x.md`, put("## One\n\ntext\n\n### Two `x`\n"));
    const { body } = await alice.get(`${demo}/blob/main/x.md`);
    expect(body).toMatchObject({ view: "document", lines: [], line_count: 5 });
    expect(body.outline.map((one: any) => [one.depth, one.name])).toEqual([
      [0, "One"],
      [1, "Two x"],
    ]);
    expect(body.html).toContain(`id="${body.outline[0].anchor}"`);
    await alice.put(`${contents}/x.ts`, put("class A {\n  b() {}\n}\n"));
    await expect
      .poll(async () => (await alice.get(`${demo}/blob/main/x.ts`)).body, { timeout: 10_000 })
      .toMatchObject({
        view: null,
        line_count: 3,
        outline: [
          { kind: "type", name: "A", depth: 0, anchor: "L1" },
          { kind: "function", name: "b", depth: 1, anchor: "L2" },
        ],
      });
  });

  test("a notebook whose cells take too long is shown as text, in which nothing of a stranger's runs either", async ({
    world,
  }) => {
    const evil = "<img src=x onerror=alert(1)>";
    const outputs = [
      { output_type: "display_data", data: { "text/html": evil, "text/plain": "plain" } },
      { output_type: "display_data", data: { "text/markdown": evil } },
    ];
    const text = JSON.stringify({
      nbformat: 4,
      cells: [
        { cell_type: "markdown", source: evil },
        { cell_type: "code", source: evil, outputs },
      ],
    });
    const notebook = await readNotebook(systemContext(world.services, "test"), text, {}, 0);
    expect(notebook?.cells).toMatchObject([
      { kind: "raw", html: "", lines: [evil] },
      {
        kind: "code",
        lines: ["&lt;img src=x onerror=alert(1)&gt;"],
        outputs: [{ kind: "text", content: "plain" }, { kind: "nothing" }],
      },
    ]);
  });

  test("a notebook is cells, in which nothing of a stranger's runs", async ({ alice }) => {
    const notebook = {
      nbformat: 4,
      metadata: { language_info: { name: "python" } },
      cells: [
        {
          cell_type: "markdown",
          source: ["# Title\n", "[x](javascript:alert(1)) <script>alert(1)</script> [y](other.md)"],
        },
        {
          cell_type: "code",
          execution_count: 3,
          source: "print('<b>')\nx",
          outputs: [
            { output_type: "stream", name: "stdout", text: ["10%\r20%\n", "\u001b[31mred\u001b[0m <i>"] },
            {
              output_type: "execute_result",
              data: {
                "text/html": "<table onclick=x><tr><td>1<script>alert(1)</script></td></tr></table>",
                "text/plain": "1",
              },
            },
            { output_type: "display_data", data: { "image/png": png } },
            {
              output_type: "display_data",
              data: { "image/png": Buffer.from("<svg onload=alert(1)>").toString("base64") },
            },
            {
              output_type: "display_data",
              data: {
                "image/svg+xml": "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
              },
            },
            { output_type: "display_data", data: { "application/javascript": "alert(1)" } },
            { output_type: "error", ename: "E", evalue: "v", traceback: ["\u001b[0;31mE\u001b[0m: v"] },
          ],
        },
        { cell_type: "raw", source: "<b>raw</b>" },
      ],
    };
    await alice.put(`${contents}/dir/n.ipynb`, put(JSON.stringify(notebook)));
    const { body } = await alice.get(`${demo}/blob/main/dir/n.ipynb`);
    expect(body).toMatchObject({
      view: "notebook",
      lines: [],
      notebook: { language: "python", left_out: 0 },
    });
    const [text, code, raw] = body.notebook.cells;
    expect(text.html).toContain("<h1");
    expect(text.html).toContain('href="/alice/demo/blob/main/dir/other.md"');
    expect(code).toMatchObject({ kind: "code", count: 3 });
    expect(code.lines.join("")).toContain("&lt;b&gt;");
    expect(code.outputs.map((one: any) => one.kind)).toEqual([
      "text",
      "html",
      "image",
      "nothing",
      "image",
      "nothing",
      "error",
    ]);
    expect(code.outputs[0].content).toBe("20%\nred <i>");
    expect(code.outputs[1].content).toContain("<td>1</td>");
    expect(code.outputs[2].content).toBe(`data:image/png;base64,${png}`);
    expect(code.outputs[4].content).toMatch(/^data:image\/svg\+xml;base64,/);
    expect(code.outputs[6].content).toBe("E: v");
    expect(raw.lines).toEqual(["<b>raw</b>"]);
    const told = JSON.stringify([text.html, code.outputs[1].content]);
    expect(told).not.toMatch(/<script|onclick|javascript:/i);
  });

  test("what is called a notebook and is none is shown as its text", async ({ alice }) => {
    const texts = [
      "{",
      '{"nbformat":4}',
      '{"nbformat":3,"worksheets":[]}',
      '{"nbformat":4,"cells":[{"source":5}]}',
      "[".repeat(200_000),
    ];
    for (const [index, text] of texts.entries()) {
      await alice.put(`${contents}/bad-${index}.ipynb`, put(text));
      const { body } = await alice.get(`${demo}/blob/main/bad-${index}.ipynb`);
      expect(body).toMatchObject({ view: null, notebook: null, line_count: 1 });
      expect(body.lines).toHaveLength(1);
    }
  });
});

describe("a folder of thousands", () => {
  test("is shown by its first entries, and by name as a whole when that is asked for", async ({ alice }) => {
    const head = (await alice.get("/repos/alice/demo/git/ref/heads/main")).body.object.sha;
    const changes = Array.from({ length: 600 }, (_, index) => ({
      path: `many/${index < 3 ? `folder-${index}/x` : `entry-${String(index).padStart(4, "0")}`}`,
      text: "x\n",
      create: true,
    }));
    for (const some of [
      changes.slice(0, 100),
      ...[1, 2, 3, 4, 5].map((n) => changes.slice(n * 100, n * 100 + 100)),
    ]) {
      const at = (await alice.get("/repos/alice/demo/git/ref/heads/main")).body.object.sha;
      const made = await alice.post("/_web/repos/alice/demo/commits", {
        branch: "main",
        expected_head: at,
        message: "Many",
        changes: some,
      });
      expect([made.status, made.body.errors]).toEqual([201, undefined]);
    }
    expect(head).not.toBe((await alice.get("/repos/alice/demo/git/ref/heads/main")).body.object.sha);
    const first = await alice.get(`${demo}/tree/main/many`);
    expect(first.body).toMatchObject({ total: 600, names_only: false });
    expect(first.body.entries).toHaveLength(500);
    expect(first.body.entries[0]).toMatchObject({ name: "folder-0", kind: "directory" });
    const late = await alice.get(`${demo}/last-commits/main/many`);
    expect(Object.keys(late.body.entries)).toEqual(
      expect.arrayContaining(first.body.entries.map((one: any) => one.name)),
    );
    expect(Object.keys(late.body.entries)).toHaveLength(500);
    const all = await alice.get(`${demo}/tree/main/many?all=1`);
    expect(all.body).toMatchObject({ total: 600, names_only: true, complete: true });
    expect(all.body.entries).toHaveLength(600);
    expect((await alice.get(`${demo}/tree/main?all=1`)).body.names_only).toBe(false);
  });

  test("of tens of thousands of names a page draws ten thousand and says how many there are", async ({
    world,
    alice,
  }) => {
    const [row] = await world.services.database
      .select({ diskPath: repositories.diskPath })
      .from(repositories)
      .where(eq(repositories.name, "demo"));
    const { dir } = world.services.git.directory(row?.diskPath ?? "");
    const git = (args: string[], input: string) =>
      execFileSync("git", ["-C", dir, "-c", "user.name=a", "-c", "user.email=a@b.example", ...args], {
        input,
      })
        .toString()
        .trim();
    const blob = git(["hash-object", "-w", "--stdin"], "x");
    const names = Array.from({ length: 10_001 }, (_, n) => `100644 blob ${blob}\tf${n}\n`);
    const commit = git(["commit-tree", git(["mktree"], names.join("")), "-m", "x"], "");
    git(["update-ref", "refs/heads/huge", commit], "");
    const { body } = await alice.get(`${demo}/tree/huge?all=1`);
    expect([body.names_only, body.total, body.entries.length]).toEqual([true, 10_001, 10_000]);
  });
});

describe("blame", () => {
  test("passes over the commits that the repository names, unless it is asked not to", async ({ alice }) => {
    const path = "src/greet.js";
    const before = await alice.get(`${contents}/${path}`);
    const text = Buffer.from(before.body.content, "base64").toString("utf8");
    const formatted = await alice.put(`${contents}/${path}`, {
      ...put(text.replaceAll(/^( +)/gm, "$1$1"), "Format"),
      sha: before.body.sha,
    });
    const sha = formatted.body.commit.sha;
    const plain = await alice.get(`${demo}/blame/main/${path}`);
    expect(plain.body.passing_over).toBeNull();
    expect(plain.body.commits.map((one: any) => one.sha)).toContain(sha);
    await alice.put(`${contents}/.git-blame-ignore-revs`, put(`# formatting\n${sha}\nnonsense\n`));
    const passed = await alice.get(`${demo}/blame/main/${path}`);
    expect(passed.body.passing_over).toEqual({ path: ".git-blame-ignore-revs", commits: 1 });
    expect(passed.body.commits.map((one: any) => one.sha)).not.toContain(sha);
    expect(passed.body.ranges.filter((one: any) => one.passed_over)).toHaveLength(1);
    const counted = await alice.get(`${demo}/blame/main/${path}?ignore=0`);
    expect(counted.body.commits.map((one: any) => one.sha)).toContain(sha);
    expect(counted.body.passing_over).toEqual(passed.body.passing_over);
  });
});

describe("the history of a file", () => {
  test("goes on under its earlier name, page by page, and is picked by author and time", async ({
    alice,
    bob,
  }) => {
    const body = Array.from({ length: 40 }, (_, index) => `line ${index}\n`).join("");
    await alice.put(`${contents}/old name.txt`, put(body, "Made"));
    const base = (await alice.get("/repos/alice/demo/git/ref/heads/main")).body.object.sha;
    const change = { path: "new/ñame.txt", previous_path: "old name.txt" };
    const moved = await alice.post("/_web/repos/alice/demo/commits", {
      branch: "main",
      expected_head: base,
      message: "Move",
      changes: [change],
    });
    expect(moved.status).toBe(201);
    const now = await alice.get(`${contents}/new/${encodeURIComponent("ñame.txt")}`);
    await bob.put(`${contents}/new/${encodeURIComponent("ñame.txt")}`, {
      ...put(`${body}more\n`, "Longer"),
      sha: now.body.sha,
    });
    const at = `${demo}/commits/main/new/${encodeURIComponent("ñame.txt")}`;
    const told = (answer: any) =>
      answer.body.commits.map((one: any) => [one.subject, one.path, one.renamed_from]);
    const whole = await alice.get(at);
    expect(whole.body).toMatchObject({ file: true, next: null });
    expect(told(whole)).toEqual([
      ["Longer", "new/ñame.txt", null],
      ["Move", "new/ñame.txt", "old name.txt"],
      ["Made", "old name.txt", null],
    ]);
    const first = await alice.get(`${at}?per_page=2`);
    const second = await alice.get(`${at}?per_page=2&cursor=${first.body.next}`);
    expect([...told(first), ...told(second)]).toEqual(told(whole));
    expect(told(await alice.get(`${at}?author=bob`)).map(([subject]: any) => subject)).toEqual(["Longer"]);
    expect(told(await alice.get(`${at}?author=alice`)).map(([subject]: any) => subject)).toEqual([
      "Move",
      "Made",
    ]);
    expect(told(await alice.get(`${at}?until=2001-01-01`))).toEqual([]);
    expect(told(await alice.get(`${at}?since=2001-01-01`))).toHaveLength(3);
    const gone = await alice.get(`${demo}/commits/main/old%20name.txt`);
    expect(told(gone).map(([subject]: any) => subject)).toEqual(["Move", "Made"]);
    expect((await alice.get(`${demo}/commits/main/never.txt`)).status).toBe(404);
    expect((await alice.get(`${at}?since=soon`)).status).toBe(422);
    const forged = Buffer.from(JSON.stringify({ from: base, skip: 0, path: "../../x" })).toString(
      "base64url",
    );
    expect((await alice.get(`${at}?cursor=${forged}`)).status).toBe(422);
  });
});
