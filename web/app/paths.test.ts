import fc from "fast-check";
import { expect, test } from "vitest";
import { isLocalPath } from "./actions.ts";
import { deep, pagePath, path } from "./paths.ts";

test.each([
  ["/alice/demo?q=a+b", "/alice/demo?q=a+b"],
  ["//evil.example/x", "/evil.example/x"],
  ["/\\evil.example/x", "/evil.example/x"],
  ["/a/app/routes/$id.tsx", "/a/app/routes/%24id.tsx"],
  ["/a/100%", "/a/100%25"],
  ["/a/%ff", "/a/%EF%BF%BD"],
  ["/a/%2e%2e/b", "/b"],
  ["/a/x%5Ey/x%5ey^", "/a/x^y/x^y^"],
  ["/a/feature%2Fx", "/a/feature%2Fx"],
  ["", "/"],
])("the address %j is read as %j", (url, read) => {
  expect(pagePath(url)).toBe(read);
});

test("every address is read as one of this site, and reading it again changes nothing", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const read = pagePath(`/${text}`);
      expect(isLocalPath(read)).toBe(true);
      expect(pagePath(read)).toBe(read);
      expect(() => decodeURIComponent(read.replace(/\?[^]*/, ""))).not.toThrow();
    }),
  );
});

test("values in a path are encoded, a path within it keeps its slashes", () => {
  expect(path`/${"a/b"}/demo/tree/${deep("feature/x y")}/${7}`).toBe("/a%2Fb/demo/tree/feature/x%20y/7");
});
