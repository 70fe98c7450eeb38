import { autoMergeRoutes } from "../auto-merge/routes.ts";
import { commentRoutes } from "../comments/routes.ts";
import { ownersRoutes } from "../owners/routes.ts";
import { requestRoutes } from "../reviews/request-routes.ts";
import { reviewRoutes } from "../reviews/routes.ts";
import { viewedRoutes } from "../viewed/routes.ts";
import { revisionRoutes } from "../revisions/routes.ts";
import { suggestionRoutes } from "../suggestions/routes.ts";
import { textRoutes } from "../texts.ts";
import { conversationRoutes } from "./conversation.ts";
import { inboxRoutes } from "../inbox/routes.ts";
import { manyRoutes } from "./many.ts";
import { propertyRoutes } from "./properties.ts";
import { contentRoutes } from "./contents.ts";
import { commitRoutes } from "./commits.ts";
import { mergeRoutes } from "./merge.ts";
import { conflictRoutes } from "./conflicts.ts";
import { templateRoutes } from "./templates.ts";
import { suggestionRoutes as reviewerRoutes } from "../reviews/suggestion-routes.ts";
import { pullRoutes } from "./pulls.ts";

export const routes = [
  ...manyRoutes,
  ...inboxRoutes,
  ...pullRoutes,
  ...contentRoutes,
  ...revisionRoutes,
  ...commitRoutes,
  ...mergeRoutes,
  ...autoMergeRoutes,
  ...conflictRoutes,
  ...reviewRoutes,
  ...requestRoutes,
  ...ownersRoutes,
  ...reviewerRoutes,
  ...templateRoutes,
  ...commentRoutes,
  ...viewedRoutes,
  ...suggestionRoutes,
  ...propertyRoutes,
  ...conversationRoutes,
  ...textRoutes,
];
