import { commentRoutes } from "../comments/routes.ts";
import { ownersRoutes } from "../owners/routes.ts";
import { requestRoutes } from "../reviews/request-routes.ts";
import { reviewRoutes } from "../reviews/routes.ts";
import { conversationRoutes } from "./conversation.ts";
import { propertyRoutes } from "./properties.ts";
import { contentRoutes } from "./contents.ts";
import { mergeRoutes } from "./merge.ts";
import { pullRoutes } from "./pulls.ts";

export const routes = [
  ...pullRoutes,
  ...contentRoutes,
  ...mergeRoutes,
  ...reviewRoutes,
  ...requestRoutes,
  ...ownersRoutes,
  ...commentRoutes,
  ...propertyRoutes,
  ...conversationRoutes,
];
