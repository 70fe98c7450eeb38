import { commentRoutes } from "../comments/routes.ts";
import { requestRoutes } from "../reviews/request-routes.ts";
import { reviewRoutes } from "../reviews/routes.ts";
import { conversationRoutes } from "./conversation.ts";
import { propertyRoutes } from "./properties.ts";
import { contentRoutes } from "./contents.ts";
import { mergeRoutes } from "./merge.ts";
import { templateRoutes } from "./templates.ts";
import { suggestionRoutes } from "../reviews/suggestion-routes.ts";
import { pullRoutes } from "./pulls.ts";

export const routes = [
  ...pullRoutes,
  ...contentRoutes,
  ...mergeRoutes,
  ...reviewRoutes,
  ...requestRoutes,
  ...suggestionRoutes,
  ...templateRoutes,
  ...commentRoutes,
  ...propertyRoutes,
  ...conversationRoutes,
];
