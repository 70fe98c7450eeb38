import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { SeenText } from "./seen-text.tsx";

const html = (text: string) => renderToStaticMarkup(createElement(SeenText, { text }));

test("a name shows what is in it and nobody would see, and joined pictures stay as they are", () => {
  expect(html("a b.txt")).toBe("a b.txt");
  expect(html("photo\u202etxt.exe")).toBe(
    'photo<span class="unseen" data-unseen="U+202E">\u202e</span>txt.exe',
  );
  expect(html("a\nb")).toContain('data-unseen="U+000A"');
  expect(html("\ud83d\udc69\u200d\ud83d\udcbb.md")).toBe("\ud83d\udc69\u200d\ud83d\udcbb.md");
});
