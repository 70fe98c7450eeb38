import { contentRoutes } from "./contents.ts";
import { mergeRoutes } from "./merge.ts";
import { pullRoutes } from "./pulls.ts";

export const routes = [...pullRoutes, ...contentRoutes, ...mergeRoutes];
