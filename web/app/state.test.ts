import fc from "fast-check";
import { expect, test } from "vitest";
import { htmlDocument } from "./document.ts";
import { escapeHtml, safeJson } from "./state.ts";

test("JSON in a page never ends its script, and reads as the same", () => {
  const value = fc.oneof(fc.jsonValue(), fc.constant("</script><script>alert(1)</script><!--\u2028\u2029"));
  fc.assert(
    fc.property(value, (one) => {
      const text = safeJson(one);
      expect(text).not.toMatch(/[<\u2028\u2029]/);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(one)));
    }),
  );
});

test("text in a page is text", () => {
  expect(escapeHtml(`<img src=x onerror="a('&')">`)).toBe(
    "&lt;img src=x onerror=&quot;a(&#39;&amp;&#39;)&quot;&gt;",
  );
});

test("nothing that a visitor wrote leaves its place in the document", () => {
  const evil = `"></title></script><script>alert(1)</script>`;
  const html = htmlDocument({
    title: evil,
    body: "",
    state: { reads: [[["api"], evil]], now: 0, drawing: evil, development: false },
    assets: { entry: "/assets/a.js", styles: [], preloads: [], fonts: [] },
    look: { theme: undefined, contrast: undefined, rail: undefined },
    nonce: evil,
  });
  expect(html).not.toContain("<script>alert");
  expect(html.match(/<script/g)).toHaveLength(3);
});
