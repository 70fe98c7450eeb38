import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { createHighlighter } from "./highlighter.ts";
import { splitLines } from "./lines.ts";
import { highlightStylesheet, inkColors } from "./palette.ts";

const highlighter = createHighlighter();
afterAll(() => highlighter.close());

const patience = { deadline: 30_000 };
const text = (line: string) =>
  line
    .replace(/<[^>]*>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");

describe("highlighting", () => {
  test("puts keywords, strings and comments in their inks", async () => {
    const source = 'const a = "x"; // why\nreturn 1 < 2;\n';
    const { lines, language, coloured } = await highlighter.highlight(source, { path: "a.ts", ...patience });
    expect(language?.name).toBe("TypeScript");
    expect(coloured).toBe("all");
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain("<span class=hk>const");
    expect(lines[0]).toContain('<span class=hs>"x"</span>');
    expect(lines[0]).toContain("<span class=hc>// why</span>");
    expect(lines[1]).toContain("&lt;");
  }, 60_000);

  test("keeps every character, line by line, for real files of many languages", async () => {
    const files = [
      new URL("./palette.ts", import.meta.url),
      new URL("../../../package.json", import.meta.url),
    ];
    for (const file of files) {
      const source = readFileSync(file, "utf8");
      const { lines, coloured } = await highlighter.highlight(source, { path: file.pathname, ...patience });
      expect(coloured).toBe("all");
      expect(lines.map(text)).toEqual(splitLines(source));
    }
  }, 60_000);

  test("answers nothing but text and its own spans, whatever the source is", async () => {
    const languages = fc.constantFrom("html", "js", "markdown", "json", "yaml", "diff");
    const pieces = fc.array(
      fc.oneof(
        fc.string(),
        fc.constantFrom("<script>", '"', "'", "`", "${", "</style>", "<!--", "\n", "\r\n", "&lt;", "```"),
      ),
    );
    await fc.assert(
      fc.asyncProperty(pieces, languages, async (parts, language) => {
        const source = parts.join("");
        const { lines } = await highlighter.highlight(source, { language, ...patience });
        expect(lines.map(text)).toEqual(splitLines(source));
        for (const line of lines) {
          expect(line.replace(/<span class=h[a-z]>|<\/span>/g, "")).not.toMatch(/[<>\n]|&(?!lt;|gt;|amp;)/);
        }
      }),
      { numRuns: 60 },
    );
  }, 120_000);

  test("shows each character that turns or hides code, coloured or not, so that a line reads as it runs", async () => {
    const turned = "const ok = '\u202e // \u2066admin\u2069';";
    for (const path of ["a.js", "unknown"]) {
      const { lines } = await highlighter.highlight(turned, { path, ...patience });
      const [line = ""] = lines;
      expect(text(line)).toBe(turned);
      const alone = /<span class=unseen data-unseen=U\+[0-9A-F]{4}>.<\/span>/g;
      expect(line.match(alone)).toHaveLength(3);
      expect(line.replaceAll(alone, "")).not.toMatch(/[\u202a-\u2069]/);
      expect(line).not.toMatch(/<span[^>]*>[^<]*<span/);
    }
    const joined = "// \ud83d\udc69\u200d\ud83d\udcbb";
    expect((await highlighter.highlight(joined, { path: "unknown" })).lines).toEqual([joined]);
  });

  test("carries a comment over lines, each line complete in itself", async () => {
    const { lines } = await highlighter.highlight("/* a\nb */ c", { language: "js", ...patience });
    expect(lines[0]).toBe("<span class=hc>/* a</span>");
    expect(lines[1]).toMatch(/^<span class=hc>b \*\/ ?<\/span>/);
  });

  test("stops at the deadline and leaves the remaining lines plain but present", async () => {
    const source = "const a = 1;\n".repeat(60_000);
    const { lines, coloured } = await highlighter.highlight(source, { language: "js", deadline: 40 });
    expect(coloured).toBe("part");
    expect(lines).toHaveLength(60_000);
    expect(lines.at(-1)).toBe("const a = 1;");
  }, 60_000);

  test("leaves a source plain that is too long, has no language or no grammar, escaped all the same", async () => {
    const source = "<b>\n";
    const plain = { lines: ["&lt;b&gt;"], coloured: "none" };
    expect(await highlighter.highlight(source, { path: "a.ts", maxLength: 3 })).toMatchObject(plain);
    expect(await highlighter.highlight(source, { path: "unknown" })).toMatchObject({
      ...plain,
      language: null,
    });
    expect(await highlighter.highlight(source, { path: "a.agda" })).toMatchObject(plain);
  });

  test("does not colour a minified line and goes on with the next", async () => {
    const source = `${"a=1;".repeat(20_000)}\nconst b = 2;`;
    const { lines, coloured } = await highlighter.highlight(source, { language: "js", ...patience });
    expect(coloured).toBe("all");
    expect(lines[0]).not.toContain("<");
    expect(lines[1]).toContain("class=hk");
  });

  test("answers the same object for the same content id and language", async () => {
    const first = await highlighter.highlight("let a", { id: "oid1", language: "js", ...patience });
    expect(await highlighter.highlight("let a", { id: "oid1", language: "js" })).toBe(first);
    expect(await highlighter.highlight("let a", { id: "oid1", language: "ts", ...patience })).not.toBe(first);
  });

  test("goes on answering, in plain text, after it was closed", async () => {
    const closed = createHighlighter();
    await closed.close();
    expect(await closed.highlight("let a", { language: "js" })).toMatchObject({
      lines: ["let a"],
      coloured: "none",
    });
  });
});

describe("the palette", () => {
  const light = ["#ffffff", "#f3f4f6", "#e6ffec", "#ffebe9"];
  const dark = ["#0b0d12", "#16191f", "#1d2229", "#12261e", "#2b1719"];
  const cases = inkColors.flatMap((ink) => [
    ...light.map((ground) => ({ ink: ink.name, color: ink.light, ground })),
    ...dark.map((ground) => ({ ink: ink.name, color: ink.dark, ground })),
  ]);

  test("has a contrast of 4.5:1 or more on pages, panels and both sides of a diff, light and dark", () => {
    const poor = cases.filter(({ color, ground }) => contrast(color, ground) < 4.5);
    expect(poor).toEqual([]);
  });

  test("has a rule for every class, in both themes, and stays small", () => {
    for (const { name } of inkColors) expect(highlightStylesheet).toContain(`.${name}{color:light-dark(`);
    expect(highlightStylesheet.length).toBeLessThan(1_200);
  });
});

/** WCAG 2.2, relative luminance and contrast ratio. */
function contrast(one: string, other: string): number {
  const luminance = (color: string) => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
      const value = parseInt(color.slice(at, at + 2), 16) / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [low = 0, high = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}
