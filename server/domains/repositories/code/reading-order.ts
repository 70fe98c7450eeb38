/** The order in which a change reads best: what it says and promises, how it does it, how that is proved, what follows by itself. */
import type { ChangedFile } from "../../../git/diff-files.ts";
import type { FileAttributes, FileOrder } from "../../../git/diffs.ts";
import { writtenBy } from "./folding.ts";

export const fileGroups = ["docs", "interfaces", "code", "tests", "settings", "generated"] as const;
/** What kind of reading a file is. */
export type FileGroup = (typeof fileGroups)[number];

const docs =
  /(?:\.(?:md|mdx|rst|adoc|org|textile)$|(?:^|\/)(?:docs?|documentation)\/|(?:^|\/)(?:readme|changelog|license|authors)\b[^/]*$)/i;
const interfaces =
  /(?:\.(?:d\.[cm]?ts|proto|graphqls?|thrift|avsc|sql|h|hh|hpp|hxx|mli|pyi)$|(?:^|\/)(?:types?|schemas?|interfaces?|shapes?|contracts?|openapi|swagger)\.[a-z]+$|(?:^|\/)(?:types|schemas?|interfaces|migrations)\/)/i;
const tests =
  /(?:(?:^|\/)(?:tests?|__tests__|__mocks__|specs?|e2e|fixtures|testdata|testing)\/|[._-](?:test|tests|spec|e2e)\.[a-z]+$|_test\.[a-z]+$|(?:^|\/)test_[^/]+\.py$|(?:Test|Tests|Spec)\.(?:java|kt|cs|scala|swift)$)/;
const settings =
  /(?:\.(?:ya?ml|toml|ini|cfg|conf|properties|env|lock|jsonc|editorconfig|nix|bazel|cmake|gradle)$|(?:^|\/)(?:\.[^/]+|Dockerfile[^/]*|Makefile|package\.json|tsconfig[^/]*\.json|[^/]+\.config\.[cm]?[jt]s|go\.mod|pom\.xml|requirements[^/]*\.txt)$)/i;

/** By its path, and by what `.gitattributes` say of it. */
export function groupOf(path: string, attributes: FileAttributes | undefined): FileGroup {
  if (writtenBy(path, attributes) !== null) return "generated";
  if (tests.test(path)) return "tests";
  if (docs.test(path)) return "docs";
  if (interfaces.test(path)) return "interfaces";
  return settings.test(path) ? "settings" : "code";
}

/** Documentation, interfaces, implementation, tests, settings, then what nobody wrote by hand; within each as in the tree. */
export const readingOrder: FileOrder = {
  name: "reading",
  sort: (files, attributes) => {
    const places = new Map<ChangedFile, number>(
      files.map((file) => [file, fileGroups.indexOf(groupOf(file.path, attributes.get(file.path)))]),
    );
    return files.toSorted((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
  },
};
