import * as fc from "fast-check";
import type { Element, Root } from "hast";
import rehypeRaw from "rehype-raw";
import { unified } from "unified";
import { visit } from "unist-util-visit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createMarkup } from "./markup.ts";
import type { Reference } from "./references.ts";

const markup = createMarkup({ forgeUrl: "https://forge.test", deadline: 30_000 });
beforeAll(async () => {
  await markup.render("warm");
}, 30_000);
afterAll(() => markup.close());

const options = {
  linkBase: "/a/b/blob/main/",
  linkRoot: "/a/b/blob/main/",
  imageBase: "/a/b/raw/main/",
  imageRoot: "/a/b/raw/main/",
  resolve: async (references: Reference[]) =>
    new Map(references.map(({ key }) => [key, { href: `/to/${key}`, title: key }])),
};

/** Collected from the test suites of sanitizers and from published advisories against forges. */
const payloads = [
  "<script>alert(1)</script>",
  "<scr<script>ipt>alert(1)</scr</script>ipt>",
  "<SCRIPT/SRC=//evil.test/x.js></SCRIPT>",
  '<img src=x onerror="alert(1)">',
  "<img src=`x` onerror=alert(1)>",
  '<img src="data:image/svg+xml;base64,PHN2Zz4=">',
  '<img src="javascript:alert(1)">',
  '<img srcset="javascript:alert(1) 1x">',
  '<picture><source srcset="data:image/svg+xml,x 1x, https://ok.test/a.png 2x"></picture>',
  "<svg onload=alert(1)>",
  "<svg><script>alert(1)</script></svg>",
  '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
  '<svg><use href="data:image/svg+xml,x#y"/></svg>',
  "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
  "<math><maction actiontype=statusline xlink:href=javascript:alert(1)>x</maction></math>",
  '<form action="javascript:alert(1)"><input type=submit><button formaction="javascript:alert(1)">x</button></form>',
  "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
  '<iframe src="javascript:alert(1)"></iframe>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  "<object data=javascript:alert(1)></object><embed src=javascript:alert(1)>",
  '<meta http-equiv="refresh" content="0;url=javascript:alert(1)">',
  '<base href="https://evil.test/">',
  '<link rel=stylesheet href="https://evil.test/x.css">',
  "<style>*{display:none}</style>",
  '<p style="position:fixed;inset:0">x</p>',
  '<p class="fixed inset-0 z-50" id="root">x</p>',
  "<style><img title='</style><img src=x onerror=alert(1)>'>",
  "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
  "<textarea><img title='</textarea><img src=x onerror=alert(1)>'></textarea>",
  "<title><img title='</title><img src=x onerror=alert(1)>'></title>",
  "<xmp><p title='</xmp><img src=x onerror=alert(1)>'></xmp>",
  "<template><script>alert(1)</script></template>",
  "<plaintext><img src=x onerror=alert(1)>",
  "<!--><img src=x onerror=alert(1)>-->",
  "<!-- --!><img src=x onerror=alert(1)> -->",
  "<![CDATA[<img src=x onerror=alert(1)>]]>",
  "<?php <img src=x onerror=alert(1)> ?>",
  '<a href="javascript:alert(1)">x</a>',
  '<a href="java\nscript:alert(1)">x</a>',
  '<a href="\u0001javascript:alert(1)">x</a>',
  '<a href=" &#14; javascript:alert(1)">x</a>',
  '<a href="&#106;&#97;&#118;&#97;script&colon;alert(1)">x</a>',
  '<a href="vbscript:msgbox(1)">x</a><a href="data:text/html,<script>alert(1)</script>">x</a>',
  '<a href="feed:javascript:alert(1)">x</a><a href="view-source:javascript:alert(1)">x</a>',
  '<a href="file:///etc/passwd">x</a><a href="blob:https://forge.test/x">x</a>',
  '<a href="x" target="_blank" ping="https://evil.test" accesskey="x" tabindex=1 download autofocus>x</a>',
  "[x](javascript:alert(1))",
  "[x](JaVaScRiPt:alert(1))",
  "[x](java&#115;cript:alert(1))",
  "[x](<java\nscript:alert(1)>)",
  "[x](javascript&colon;alert(1))",
  "[x](\u0000javascript:alert(1))",
  "[x](data:text/html;base64,PHNjcmlwdD4=)",
  '[x](https://x "\\"><img src=x onerror=alert(1)>")',
  "![x](javascript:alert(1))",
  "![x](data:image/png;base64,AAAA)",
  '![x" onerror="alert(1)](y)',
  "[x]: javascript:alert(1)\n\n[x]",
  "<javascript:alert(1)>",
  "[^1]\n\n[^1]: <img src=x onerror=alert(1)>",
  '[^"><script>]\n\n[^"><script>]: x',
  '```"><script>alert(1)</script>\nx\n```',
  "```js onload=alert(1)\n</code></pre><script>alert(1)</script>\n```",
  "~~~html\n<script>alert(1)</script>\n~~~",
  "# <img src=x onerror=alert(1)>",
  '# "><script>alert(1)</script>',
  "| <script>alert(1)</script> |\n|-|\n| <img src=x onerror=alert(1)> |",
  "> [!NOTE]\n> <script>alert(1)</script>",
  "<details ontoggle=alert(1) open><summary onclick=alert(1)>x</summary></details>",
  '<input type="text" autofocus onfocus=alert(1)><input type=image src=x><input type=hidden name=csrf>',
  "<marquee onstart=alert(1)>x</marquee><video><source onerror=alert(1)></video><audio src=x onerror=alert(1)>",
  "<a id=location name=cookie>x</a><img name=getElementById><form id=attributes>",
  '<img usemap="#m"><map name=m><area href="javascript:alert(1)"></map>',
  '<div itemscope itemtype="javascript:x" contenteditable draggable>x</div>',
  "<select><template><img src=x onerror=alert(1)></template></select>",
  "<table><td background=javascript:alert(1)><table background=javascript:alert(1)>",
  "<b/onmouseover=alert(1)>x</b><b\u000conclick=alert(1)>x</b>",
  '<p title="\u0000"><img \u0000onerror=alert(1) src=x></p>',
  '#1" onmouseover="alert(1) @a"><script>alert(1)</script>',
  'https://forge.test/a/b/issues/1#"onmouseover=alert(1)',
  'https://forge.test/a/b/issues/1#"><script>alert(1)</script>',
];

describe("rendered Markdown", () => {
  test.each(payloads)("is harmless for %j", async (payload) => {
    expectHarmless((await markup.render(payload, options)).html);
    expectHarmless((await markup.render(payload, { ...options, html: true })).html);
    expectHarmless(
      (await markup.render(`- a\n\n  ${payload}\n\n*b* ${payload} **c**`, { ...options, breaks: true })).html,
    );
  });

  test("is harmless for any mixture of payloads, tags and marks", async () => {
    const pieces = fc.oneof(
      fc.constantFrom(...payloads),
      fc.constantFrom(
        ..."<|>|\"|'|`|```\n|&|/|=|\n|\n\n|\t|    |[|](|)|![|#1|@a|<p |<a href=|<img src=|-->|<!--|]]>|:|\\".split(
          "|",
        ),
      ),
      fc.string(),
      fc.string({ unit: "binary", maxLength: 5 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(pieces, { maxLength: 12 }), fc.boolean(), async (parts, other) => {
        expectHarmless((await markup.render(parts.join(""), { ...options, breaks: other })).html);
        expectHarmless((await markup.render(parts.join(""), { ...options, html: other })).html);
      }),
      { numRuns: 400 },
    );
  }, 120_000);

  test("is judged by a check that sees each kind of harm", () => {
    const harmful = [
      "<script></script>",
      '<p onclick="x">',
      '<p style="x">',
      '<a href="javascript:x">x</a>',
      '<a href="java&#10;script:x">x</a>',
      '<img src="data:x">',
      '<source srcset="data:x 1x">',
      '<p id="root">',
      '<p class="fixed">',
      "<iframe></iframe>",
      "<svg></svg>",
      '<a href="https://evil.test">x</a>',
      '<input type="checkbox">',
    ];
    for (const html of harmful) expect(() => expectHarmless(html), html).toThrow();
  });
});

const tags = new Set(
  (
    "a abbr b bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 " +
    "hr i img input ins kbd li mark ol p picture pre q rp rt ruby s samp section small source span strike strong sub summary sup " +
    "table tbody td tfoot th thead time tr tt ul var wbr"
  ).split(" "),
);
const classes =
  /^(?:anchor|reference|plain|h[a-z]|sr-only|footnotes|data-footnote-backref|task-list-item|contains-task-list|language-.+|markdown-alert(?:-[a-z]+)?)$/;
const forbidden =
  /^(?:on|style|srcdoc|form|action|target|accesskey|contenteditable|autofocus|ping|background|xlink|item|usemap|download)/i;

/** Reads the HTML as a browser would, with a parser of its own, and looks at everything in it. */
function expectHarmless(html: string): void {
  const fragment = { type: "root", children: [{ type: "raw", value: html }] } as unknown as Root;
  const tree = unified().use(rehypeRaw).runSync(fragment);
  visit(tree, (node) => {
    expect(["root", "element", "text"]).toContain(node.type);
    if (node.type === "element") expectHarmlessElement(node);
  });
}

function expectHarmlessElement({ tagName, properties }: Element): void {
  expect(tags, tagName).toContain(tagName);
  for (const [name, value] of Object.entries(properties)) {
    expect(name).not.toMatch(forbidden);
    const text = Array.isArray(value) ? value.join(" ") : String(value);
    if (name === "href" || name === "src" || name === "cite") expectHarmlessAddress(text, name);
    if (name === "srcSet")
      for (const part of text.split(",")) expectHarmlessAddress(part.trim().split(" ")[0] ?? "", "src");
    if (name === "id" || name === "name") expect(text).toMatch(/^user-content-/);
    if (name === "className" && Array.isArray(value))
      for (const part of value) expect(String(part)).toMatch(classes);
    if (name === "tabIndex") expect(tagName === "pre" || text === "-1").toBe(true);
  }
  const leaves = /^(?:https?:)?[\\/]{2}(?!forge\.test\b)/i.test(properties.href ?? "");
  if (leaves) expect(properties.rel).toEqual(["nofollow", "noopener"]);
  if (tagName === "input") expect(properties).toMatchObject({ type: "checkbox", disabled: true });
}

function expectHarmlessAddress(address: string, name: string): void {
  const url = URL.parse(address, "https://forge.test/a/b");
  const allowed =
    name === "href" ? ["http:", "https:", "mailto:", "irc:", "ircs:", "xmpp:"] : ["http:", "https:"];
  expect(allowed, address).toContain(url?.protocol ?? "https:");
}
