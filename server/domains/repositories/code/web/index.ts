import { blameRoutes } from "./blame.ts";
import { blobRoutes } from "./blob.ts";
import { changeRoutes } from "./changes.ts";
import { contributorRoutes } from "./contributors.ts";
import { comparePageRoutes } from "./compare.ts";
import { editPlaceRoutes } from "./edit-place.ts";
import { editPageRoutes } from "./edits.ts";
import { familyRoutes } from "./family.ts";
import { historyRoutes } from "./history.ts";
import { homeRoutes } from "./home.ts";
import { refPageRoutes } from "./refs.ts";
import { codeSearchRoutes } from "./search.ts";
import { treeRoutes } from "./tree.ts";

export const codePageRoutes = [
  ...homeRoutes,
  ...treeRoutes,
  ...blobRoutes,
  ...blameRoutes,
  ...historyRoutes,
  ...changeRoutes,
  ...comparePageRoutes,
  ...familyRoutes,
  ...editPlaceRoutes,
  ...editPageRoutes,
  ...refPageRoutes,
  ...codeSearchRoutes,
  ...contributorRoutes,
];
