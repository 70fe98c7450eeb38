import { describe, expect, test } from "vitest";
import type { ChangedFile } from "../../../git/diff-files.ts";
import { foldedBecause } from "./folding.ts";
import { groupOf, readingOrder } from "./reading-order.ts";

const file = (path: string) => ({ path }) as ChangedFile;

describe("the order of reading", () => {
  test("what is promised comes first, then how, then the proof, and last what nobody wrote", () => {
    const paths = [
      "package-lock.json",
      "package.json",
      "src/forge.test.ts",
      "src/forge.ts",
      "src/schema.ts",
      "README.md",
      "docs/plan.txt",
    ];
    expect(readingOrder.sort(paths.map(file), new Map()).map(({ path }) => path)).toEqual([
      "README.md",
      "docs/plan.txt",
      "src/schema.ts",
      "src/forge.ts",
      "src/forge.test.ts",
      "package.json",
      "package-lock.json",
    ]);
  });

  test("within a group files stay in the order of the tree", () => {
    const paths = ["b.ts", "a.ts", "a_test.go", "c.ts"];
    expect(readingOrder.sort(paths.map(file), new Map()).map(({ path }) => path)).toEqual([
      "b.ts",
      "a.ts",
      "c.ts",
      "a_test.go",
    ]);
  });

  test("what .gitattributes say of a file wins over what its name says", () => {
    expect(groupOf("src/forge.ts", { generated: true })).toBe("generated");
    expect(groupOf("yarn.lock", { generated: false })).toBe("settings");
    expect(groupOf("vendor/kept.ts", { vendored: false })).toBe("code");
    const changed = { path: "yarn.lock", status: "modified", additions: 1, deletions: 1 } as const;
    expect(foldedBecause(changed)).toMatch(/lock file/);
    expect(foldedBecause(changed, { generated: false })).toBeNull();
    expect(foldedBecause({ ...changed, path: "a.ts" }, { vendored: true })).toMatch(/somebody else/);
  });
});
