import { archiveRoutes } from "./archives.ts";
import { branchRoutes } from "./branches.ts";
import { commitRoutes } from "./commits.ts";
import { compareRoutes } from "./compare.ts";
import { contentRoutes } from "./contents.ts";
import { editRoutes } from "./edits.ts";
import { mergeRoutes } from "./merges.ts";
import { objectRoutes } from "./objects.ts";
import { refRoutes } from "./refs.ts";

export const codeRoutes = [
  ...archiveRoutes,
  ...branchRoutes,
  ...commitRoutes,
  ...compareRoutes,
  ...contentRoutes,
  ...editRoutes,
  ...mergeRoutes,
  ...objectRoutes,
  ...refRoutes,
];
