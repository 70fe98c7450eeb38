import type { Domain } from "../../domain.ts";
import { followPush, noteReferences } from "./jobs.ts";
import { assigneeRoutes } from "./routes/assignees.ts";
import { commentRoutes } from "./routes/comments.ts";
import { issueRoutes } from "./routes/issues.ts";
import { labelRoutes } from "./routes/labels.ts";
import { listRoutes } from "./routes/lists.ts";
import { lockRoutes } from "./routes/lock.ts";
import { markdownRoutes } from "./routes/markdown.ts";
import { pageRoutes } from "./routes/pages.ts";
import { timelineRoutes } from "./routes/timeline.ts";
import { constraints } from "./schema.ts";
import { textRoutes } from "./texts.ts";

export const issues: Domain = {
  name: "issues",
  uses: ["accounts", "organizations", "repositories", "labels", "planning", "lists", "texts"],
  routes: [
    ...issueRoutes,
    ...listRoutes,
    ...commentRoutes,
    ...labelRoutes,
    ...assigneeRoutes,
    ...lockRoutes,
    ...timelineRoutes,
    ...markdownRoutes,
    ...pageRoutes,
    ...textRoutes,
  ],
  subscriptions: [noteReferences, followPush],
  constraints,
};
