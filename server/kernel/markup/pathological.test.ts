import { monitorEventLoopDelay } from "node:perf_hooks";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createMarkup } from "./markup.ts";
import { referencesInText } from "./references.ts";

const deadline = 600;
/** For starting threads anew on a machine that is busy with other tests; the worst of these would take minutes. */
const slack = 12_000;
const markup = createMarkup({ forgeUrl: "https://forge.test", deadline });
beforeAll(async () => {
  await markup.render("warm");
}, 30_000);
afterAll(() => markup.close());

/** Sources that are known to drive parsers, sanitizers or reference scanners into quadratic or worse time. */
const sources: [string, string][] = [
  ["100k opening brackets", "[".repeat(100_000)],
  ["nested links", "[a](".repeat(30_000)],
  ["5k nested quotes", `${">".repeat(5_000)}a`],
  ["100k nested quotes", ">".repeat(100_000)],
  ["nested lists", Array.from({ length: 1_000 }, (_, depth) => `${" ".repeat(depth)}- a`).join("\n")],
  ["100k less-than signs", "<".repeat(100_000)],
  ["unclosed tags", "<a ".repeat(50_000)],
  ["50k nested elements", "<div>".repeat(50_000)],
  ["a mebibyte of crossed emphasis", "*a_".repeat(349_000)],
  [
    "backticks of every length",
    Array.from({ length: 500 }, (_, length) => `${"`".repeat(length)}a`).join(""),
  ],
  ["ampersands", "&".repeat(200_000)],
  ["footnote calls", `${"[^1]".repeat(20_000)}\n\n[^1]: x`],
  ["a long definition used often", `[a]: http://x/${"y".repeat(50_000)}\n\n${"[a] ".repeat(50_000)}`],
  [
    "a table that widens every row",
    `|${"a|".repeat(2_000)}\n|${"-|".repeat(2_000)}\n${"|a\n".repeat(5_000)}`,
  ],
  ["equal headings", "# a\n".repeat(20_000)],
  ["mentions without end", "@a-".repeat(200_000)],
  ["hexadecimal without end", "abcdef1".repeat(100_000)],
  ["slashes", "a/".repeat(200_000)],
  ["addresses of the forge", "https://forge.test/a/b/issues/1 ".repeat(5_000)],
  ["mail addresses", "a@b.".repeat(50_000)],
];

test.each(sources)(
  "%s are answered in bounded time while the server goes on",
  async (_, source) => {
    const lag = monitorEventLoopDelay({ resolution: 10 });
    lag.enable();
    const start = performance.now();
    const { html } = await markup.render(source, { breaks: true });
    lag.disable();
    expect(html.length).toBeLessThan(10_000_000);
    expect(performance.now() - start).toBeLessThan(2 * deadline + slack);
    expect(lag.max / 1e6).toBeLessThan(3_000);
  },
  40_000,
);

test.each(sources)("%s are scanned for references in linear time", (_, source) => {
  const time = (text: string) => {
    const start = performance.now();
    referencesInText(text);
    return performance.now() - start;
  };
  time(source);
  expect(time(source)).toBeLessThan(500);
});
