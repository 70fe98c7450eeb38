import { checksPageRoutes } from "./checks.ts";
import { draftRoutes } from "./drafts.ts";
import { fileNoteRoutes } from "./file-notes.ts";
import { filesPageRoutes } from "./files.ts";
import { listPageRoutes } from "./list.ts";
import { newPageRoutes } from "./new.ts";
import { conflictsPageRoutes } from "./conflicts.ts";
import { pageRoutes } from "./page.ts";
import { revisionPageRoutes } from "./revisions.ts";

/** What our own pages about pull requests need, each in one call. */
export const webRoutes = [
  ...pageRoutes,
  ...checksPageRoutes,
  ...conflictsPageRoutes,
  ...fileNoteRoutes,
  ...filesPageRoutes,
  ...revisionPageRoutes,
  ...draftRoutes,
  ...newPageRoutes,
  ...listPageRoutes,
];
