import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { buildLanguageTable } from "../../../tools/generate/languages.ts";
import { detectLanguage, languageNamed } from "./languages.ts";

test("the committed table is what the generator makes from the installed packages", async () => {
  const committed: unknown = JSON.parse(readFileSync(new URL("./languages.json", import.meta.url), "utf8"));
  expect(committed, "run: node tools/generate/languages.ts").toEqual(await buildLanguageTable());
}, 30_000);

test.each([
  ["src/main.ts", "", "TypeScript"],
  ["web/app.tsx", "", "TSX"],
  ["a/b/Dockerfile", "", "Dockerfile"],
  ["Makefile", "", "Makefile"],
  ["go.mod", "", "Go Module"],
  ["README.md", "", "Markdown"],
  ["lib.RS", "", "Rust"],
  ["page.html.erb", "", "HTML+ERB"],
  ["x.h", "int f(void);\n", "C"],
  ["x.h", "#pragma once\nnamespace a { }\n", "C++"],
  ["x.h", "@interface Foo\n@end\n", "Objective-C"],
  ["x.m", "#import <Foundation/Foundation.h>\n", "Objective-C"],
  ["x.m", "% rotate\nfunction y = f(x)\n", "MATLAB"],
  ["run", "#!/usr/bin/env node\n", "JavaScript"],
  ["run", "#!/usr/bin/env -S FOO=1 python3.11 -u\n", "Python"],
  ["run", "#! /bin/bash -e\n", "Shell"],
  ["deploy.yml", "", "YAML"],
  ["package.json", "", "JSON"],
])("%s beginning %j is %s", (path, head, name) => {
  expect(detectLanguage(path, head)?.name).toBe(name);
});

test.each(["LICENSE-OF-NOBODY", "a.unknown-extension", "", "constructor", "a.__proto__", "a.constructor"])(
  "a file named %j has no language",
  (path) => {
    expect(detectLanguage(path, "plain words")).toBeNull();
  },
);

test.each([
  ["js", "JavaScript"],
  ["TS", "TypeScript"],
  ["c++", "C++"],
  ["sh", "Shell"],
  ["golang", "Go"],
  ["py", "Python"],
  ["jsx", "JavaScript"],
  ["Dockerfile", "Dockerfile"],
])("a code block called %s is %s", (called, name) => {
  expect(languageNamed(called)?.name).toBe(name);
});
