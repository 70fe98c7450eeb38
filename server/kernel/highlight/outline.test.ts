import { expect, test } from "vitest";
import { tokenize } from "./tokenize.ts";

const outlineOf = async (grammar: string, lines: readonly string[]) => {
  const { outline } = await tokenize([...lines], grammar, performance.now() + 20_000);
  return outline.map(({ kind, name, line, depth }) => `${"  ".repeat(depth)}${line} ${kind} ${name}`);
};

test("a source says what it declares, nested as it is written, and nothing that it only uses", async () => {
  expect(
    await outlineOf("typescript", [
      "export class Shelf<T> extends Base {",
      "  add(item: T): Shelf<T> { return this.put(new Item(item)); }",
      "  static async of() {}",
      "}",
      "interface Book { read(): void }",
      "const find = (name: string) => search(name);",
      "export function main(): Shelf<Book> { return find('x'); }",
    ]),
  ).toEqual([
    "1 type Shelf",
    "  2 function add",
    "  3 function of",
    "5 type Book",
    "5 function read",
    "6 function find",
    "7 function main",
  ]);
});

test.each([
  [
    "python",
    ["class A(B):", "    @cached", "    async def c(self): return d(e)"],
    ["1 type A", "  3 function c"],
  ],
  ["go", ["func (s *A) B() C { return d(E{}) }", "type F struct { g H }"], ["1 function B", "2 type F"]],
  [
    "rust",
    ["pub struct A { b: C }", "impl D for A {", "    fn e(&self) -> F { g() }", "}"],
    ["1 type A", "  3 function e"],
  ],
  [
    "java",
    ["class A extends B {", "  C d = new C();", "  void e(F f) { g(f); }", "}"],
    ["1 type A", "  3 function e"],
  ],
  ["c", ["static int a(int b) { return c(b); }", "struct d { int e; };"], ["1 function a"]],
  [
    "csharp",
    ["class A : B {", "  public int C(string d) {", "    return E(d);", "  }", "}"],
    ["1 type A", "  2 function C"],
  ],
  [
    "ruby",
    ["module A", "  class B < C", "    def d; e(f); end"],
    ["1 type A", "  2 type B", "    3 function d"],
  ],
  ["php", ["<?php", "class A { function b() { return c(); } }"], ["2 type A", "2 function b"]],
  [
    "kotlin",
    ["class A : B() { fun c(d: E) = f(d) }", "fun G.h() {}"],
    ["1 type A", "1 function c", "2 function h"],
  ],
  ["swift", ["struct A: B { func c(d: E) { f(d) } }"], ["1 type A", "1 function c"]],
  ["shellscript", ["a() { b; }", "c d"], ["1 function a"]],
] as const)("%s is outlined by what it declares", async (grammar, lines, outline) => {
  expect(await outlineOf(grammar, lines)).toEqual(outline);
});

test("a document is outlined by its headings, without the code that it shows", async () => {
  expect(
    await outlineOf("markdown", ["# A *b*", "## C ##", "```ts", "function no() {}", "# no", "```", "### D"]),
  ).toEqual(["1 heading A b", "  2 heading C", "    7 heading D"]);
});

test("a file with more declarations than anybody reads is outlined by the first of them", async () => {
  const lines = Array.from({ length: 2500 }, (_, index) => `def f${index}(): pass`);
  expect(await outlineOf("python", lines)).toHaveLength(2000);
});
