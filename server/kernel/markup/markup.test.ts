import { afterAll, describe, expect, test } from "vitest";
import { createMarkup } from "./markup.ts";
import type { Reference } from "./references.ts";

const markup = createMarkup({ forgeUrl: "https://forge.test", deadline: 30_000 });
afterAll(() => markup.close());

const html = async (source: string, options = {}) => (await markup.render(source, options)).html;
const known = (keys: string[]) => new Map(keys.map((key) => [key, { href: `/to/${key}` }]));
const everything = async (references: Reference[]) => known(references.map((reference) => reference.key));

describe("Markdown", () => {
  test("renders tables, strikethrough, autolinks and task lists whose boxes are disabled and named", async () => {
    const out = await html("|a|\n|-|\n|~~b~~|\n\nwww.example.com\n\n- [x] done\n- [ ] open");
    expect(out).toContain("<td><del>b</del></td>");
    expect(out).toContain('href="http://www.example.com" rel="nofollow noopener"');
    expect(out).toMatch(/<input type="checkbox" checked disabled aria-label="Completed task"> done/);
    expect(out).toMatch(/<input type="checkbox" disabled aria-label="Incomplete task"> open/);
  });

  test("keeps the HTML that documents are written with", async () => {
    const source =
      '<details open><summary>More</summary>\n\n**b**\n\n</details>\n\n<kbd>K</kbd><sub>1</sub><sup>2</sup>\n\n<p align="center">x</p>';
    const out = await html(source);
    expect(out).toContain("<details open><summary>More</summary>");
    expect(out).toContain("<strong>b</strong>");
    expect(out).toContain("<kbd>K</kbd><sub>1</sub><sup>2</sup>");
    expect(out).toContain('<p align="center">x</p>');
  });

  test.each(["NOTE", "TIP", "IMPORTANT", "WARNING", "caution"])(
    "shows a quote marked [!%s] as an alert",
    async (kind) => {
      const name = kind.toLowerCase();
      const out = await html(`> [!${kind}]\n> Text *here*.\n>\n> More.`);
      expect(out).toContain(`<div class="markdown-alert markdown-alert-${name}">`);
      expect(out).toMatch(/<p class="markdown-alert-title">[A-Z][a-z]+<\/p>\n<p>Text <em>here<\/em>\.<\/p>/);
      expect(out).not.toContain("[!");
    },
  );

  test("leaves other quotes alone", async () => {
    expect(await html("> [!NOTE] inline\n")).toContain("<blockquote>");
    expect(await html("> [!OTHER]\n> x")).toContain("<blockquote>");
  });

  test("gives headings ids after GitHub's rule, distinct, prefixed, and lists them", async () => {
    const { html: out, headings } = await markup.render(
      "# Hello, *World*!\n## Hello World\n## Hello World\n## Größe 2\n[to](#Hello-World-1)",
    );
    expect(headings).toEqual([
      { level: 1, id: "user-content-hello-world", text: "Hello, World!" },
      { level: 2, id: "user-content-hello-world-1", text: "Hello World" },
      { level: 2, id: "user-content-hello-world-2", text: "Hello World" },
      { level: 2, id: "user-content-größe-2", text: "Größe 2" },
    ]);
    for (const { id } of headings) expect(out).toContain(`id="${id}"`);
    expect(out).toContain('<a href="#user-content-hello-world-1">to</a>');
  });

  test("links footnotes both ways within the ids of the document", async () => {
    const out = await html("a[^1]\n\n[^1]: b", { idScope: "c7" });
    expect(out).toContain('href="#user-content-c7-fn-1" id="user-content-c7-fnref-1"');
    expect(out).toContain('<li id="user-content-c7-fn-1">');
    expect(out).toContain('href="#user-content-c7-fnref-1"');
    expect(out).toContain('aria-describedby="user-content-c7-footnote-label"');
    await expect(markup.render("x", { idScope: 'a"b' })).rejects.toThrow(RangeError);
  });

  test("colours code blocks whose language it knows, and escapes the others", async () => {
    const out = await html('```ts\nconst a = "<b>";\n```\n\n```nonsense\n<b>\n```');
    expect(out).toContain('<code class="language-ts"><span class="hk">const');
    expect(out).toContain("&#x3C;b>");
    expect(out).toContain('<code class="language-nonsense">&#x3C;b>');
  }, 40_000);

  test("breaks lines in comments and not in files", async () => {
    expect(await html("a\nb *c\nd*", { breaks: true })).toBe("<p>a<br>\nb <em>c<br>\nd</em></p>");
    expect(await html("a\nb")).toBe("<p>a\nb</p>");
  });

  test("completes relative addresses of links and images from their folder and root", async () => {
    const bases = {
      linkBase: "/a/b/blob/main/docs/",
      linkRoot: "/a/b/blob/main/",
      imageBase: "/a/b/raw/main/docs/",
      imageRoot: "/a/b/raw/main/",
    };
    const source =
      '[l](x.md#y) [u](../z.md) [r](/LICENSE) [q](?q=1) [h](https://forge.test/x) [e](https://else.test/)\n\n![i](i.png) ![r](/i.png)\n\n<picture><source srcset="d.png 2x, e.png" media="(prefers-color-scheme: dark)"></picture>';
    const out = await html(source, bases);
    expect(out).toContain('<a href="/a/b/blob/main/docs/x.md#y">l</a>');
    expect(out).toContain('<a href="/a/b/blob/main/z.md">u</a>');
    expect(out).toContain('<a href="/a/b/blob/main/LICENSE">r</a>');
    expect(out).toContain('<a href="/a/b/blob/main/docs/?q=1">q</a>');
    expect(out).toContain('<a href="https://forge.test/x">h</a>');
    expect(out).toContain('<a href="https://else.test/" rel="nofollow noopener">e</a>');
    expect(out).toContain('src="/a/b/raw/main/docs/i.png"');
    expect(out).toContain('src="/a/b/raw/main/i.png"');
    expect(out).toContain('srcset="/a/b/raw/main/docs/d.png 2x, /a/b/raw/main/docs/e.png"');
    expect(await html("[l](x.md)")).toContain('href="x.md"');
  });
});

describe("references", () => {
  test("become links where they lead somewhere, and stay text where not", async () => {
    const out = await html("See #1, #2 & @bob.", { references: known(["#1"]) });
    expect(out).toBe('<p>See <a class="reference" href="/to/#1">#1</a>, #2 &#x26; @bob.</p>');
  });

  test("are asked for once, each a single time", async () => {
    const asked: string[][] = [];
    const resolve = async (references: Reference[]) => {
      asked.push(references.map((reference) => reference.key));
      return everything(references);
    };
    const out = await html("#1 #1 @bob abcdef1", { resolve });
    expect(asked).toEqual([["#1", "@bob", "abcdef1"]]);
    expect(out.match(/class="reference"/g)).toHaveLength(4);
    expect(out).toContain("<code>abcdef1</code></a>");
    await html("nothing here", { resolve });
    expect(asked).toHaveLength(1);
  });

  test("are not looked for in code, in links or in what HTML marks as code", async () => {
    const source = "`#1` [#2](x) <code>#3</code> <a href=y>@four</a>\n\n    #5\n\n```\n#6 @seven\n```\n";
    expect(await markup.extractReferences(source)).toEqual([]);
    expect(await markup.mentions(source)).toEqual([]);
  });

  test("of one document differ by reader although its rendering is shared", async () => {
    const source = "secret #41";
    expect(await html(source, { references: known(["#41"]) })).toContain("<a ");
    expect(await html(source, { references: known([]) })).toBe("<p>secret #41</p>");
  });

  test("shorten full addresses of the forge that lead somewhere, and keep what they add", async () => {
    const url = "https://forge.test/acme/repo/issues/4";
    const out = await html(`${url} ${url}#note-1 [own words](${url})`, {
      resolve: everything,
      repository: "acme/repo",
    });
    expect(out).toContain('<a class="reference" href="/to/#4">#4</a>');
    expect(out).toContain(`<a class="reference" href="${url}#note-1">#4 (comment)</a>`);
    expect(out).toContain(`<a href="${url}">own words</a>`);
    expect(await html(url)).toBe(`<p><a href="${url}">${url}</a></p>`);
  });

  test("close what stands behind a closing keyword, also as an address, but not in code", async () => {
    const source =
      "Fixes #1, closes: acme/repo#2, resolves https://forge.test/acme/repo/issues/3\n\n`fixes #4` see #5";
    expect((await markup.closingReferences(source)).map((issue) => issue.key)).toEqual([
      "#1",
      "acme/repo#2",
      "acme/repo#3",
    ]);
  });

  test("carry hostile titles and addresses only as text", async () => {
    const references = new Map([["#1", { href: '/x"><script>', title: '"><img onerror=1>' }]]);
    expect(await html("#1", { references })).toBe(
      '<p><a class="reference" href="/x&quot;&gt;&lt;script&gt;" title="&quot;&gt;&lt;img onerror=1&gt;">#1</a></p>',
    );
  });

  test("cannot be forged by the marks that stand for them inside", async () => {
    const out = await html("a\u00000\u0000b &#0;0&#0; <b title='\u00000\u0000'>#1</b>", {
      resolve: everything,
    });
    expect(out).not.toContain("\u0000");
    expect(out.match(/class="reference"/g)).toHaveLength(1);
  });
});

describe("the excerpt", () => {
  test("is the beginning of the words in one line, without code and markup", async () => {
    expect(await markup.excerpt("# Title\n\n```\ncode\n```\n\nSome **bold** <b>text</b>\n- one\n- two")).toBe(
      "Title Some bold text one two",
    );
  });

  test("is cut at its length with an ellipsis and never inside a character", async () => {
    expect(await markup.excerpt("word ".repeat(100), 12)).toBe("word word w…");
    expect(await markup.excerpt("💡".repeat(100), 10)).toBe("💡💡💡💡…");
  });
});

describe("what cannot be rendered", () => {
  test("is shown as its escaped text when it is longer than a mebibyte", async () => {
    const source = "<script>".repeat(131_073);
    const out = await markup.render(source);
    expect(out).toMatchObject({ plain: true, headings: [] });
    expect(out.html.slice(0, 60)).toContain('<pre class="plain" tabindex="0">&lt;script&gt;');
    expect(out.html.slice(30)).not.toContain("<script");
    expect(await markup.extractReferences(source)).toEqual([]);
  });

  test("does not keep others from being rendered", async () => {
    const hasty = createMarkup({ forgeUrl: "https://forge.test", deadline: 300 });
    const [slow, quick] = await Promise.all([hasty.render(">".repeat(50_000)), hasty.render("*quick*")]);
    expect(slow.plain).toBe(true);
    expect(quick.html === "<p><em>quick</em></p>" || quick.plain).toBe(true);
    let tries = 0;
    const next = async () => (await hasty.render(`*next* ${(tries += 1)}`)).html;
    await expect.poll(next, { timeout: 20_000 }).toContain("<em>next</em>");
    await hasty.close();
    expect((await hasty.render("*later*")).html).toContain("*later*");
  }, 30_000);
});
