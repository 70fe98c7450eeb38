import { writeFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { conflictText, type TextPart } from "./conflict-parts.ts";
import { runs } from "./test-histories.ts";
import { TestRepository } from "./test-repository.ts";

const repo = new TestRepository();
afterAll(() => repo.remove());

const blob = (text: string | Buffer) => repo.text(["hash-object", "-w", "--stdin"], text);
const side = (text: string | Buffer) => ({ mode: "100644", oid: blob(text) });
const conflict = (base: string | Buffer, ours: string | Buffer, theirs: string | Buffer) => ({
  path: "a",
  kind: "both-modified" as const,
  reason: "contents",
  base: side(base),
  ours: side(ours),
  theirs: side(theirs),
});
const chosen = (parts: readonly TextPart[], by: "ours" | "theirs") =>
  parts.map((part) => (part.kind === "same" ? part.text : part[by])).join("");

/** Lines that look like markers are lines like others. */
const line = fc.constantFrom("one", "two", "three", "=======", "<<<<<<< ours", ">>>>>>> theirs", "", "é");
const text = fc.array(line, { minLength: 1, maxLength: 14 }).map((lines) => `${lines.join("\n")}\n`);

test("taking one side everywhere gives what `git merge-file` gives when told to favour it", async () => {
  await fc.assert(
    fc.asyncProperty(text, text, text, async (base, ours, theirs) => {
      const found = await conflictText(repo, conflict(base, ours, theirs));
      if (found.kind !== "text") throw new Error(found.why);
      const files = Object.entries({ ours, base, theirs }).map(([name, content]) => {
        const file = path.join(repo.work, name);
        writeFileSync(file, content);
        return file;
      });
      for (const by of ["ours", "theirs"] as const)
        expect(chosen(found.parts, by)).toBe(repo.git(["merge-file", "-p", `--${by}`, ...files]).toString());
    }),
    runs(40),
  );
}, 60_000);

test("a file with Windows line ends keeps every one of them", async () => {
  const crlf = (middle: string) => `a\r\n${middle}\r\nb\r\n`;
  const found = await conflictText(repo, conflict(crlf("x"), crlf("y"), crlf("z")));
  expect(found).toEqual({
    kind: "text",
    parts: [
      { kind: "same", text: "a\r\n" },
      { kind: "conflict", ours: "y\r\n", base: "x\r\n", theirs: "z\r\n" },
      { kind: "same", text: "b\r\n" },
    ],
  });
});

test("what is no question of lines is said to be so", async () => {
  const pointer = (char: string) =>
    `version https://git-lfs.github.com/spec/v1\noid sha256:${char.repeat(64)}\nsize 5\n`;
  const why = async (value: Parameters<typeof conflictText>[1]) => {
    const found = await conflictText(repo, value);
    return found.kind === "other" ? found.why : found.kind;
  };
  expect(await why(conflict(pointer("a"), pointer("b"), pointer("c")))).toBe("lfs");
  expect(await why(conflict("\0a", "\0b", "\0c"))).toBe("binary");
  expect(await why(conflict("a\n", "b\n", Buffer.from("caf\xe9\n", "latin1")))).toBe("encoding");
  expect(await why(conflict("a\n", "b\n", "x".repeat(600_000)))).toBe("large");
  expect(await why({ ...conflict("a", "b", "c"), theirs: null, reason: "modify/delete" })).toBe("deleted");
  expect(await why({ ...conflict("a", "b", "c"), ours: { ...side("b"), mode: "120000" } })).toBe("link");
});
