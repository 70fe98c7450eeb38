import { accounts } from "../features/accounts/routes.ts";
import { activity } from "../features/activity/routes.ts";
import { checks } from "../features/checks/routes.ts";
import { code } from "../features/code/routes.ts";
import { issues } from "../features/issues/routes.ts";
import { labels } from "../features/labels/routes.ts";
import { milestones } from "../features/milestones/routes.ts";
import { organizations } from "../features/organizations/routes.ts";
import { pullRequests } from "../features/pull-requests/routes.ts";
import { remotes } from "../features/remotes/routes.ts";
import { repositories } from "../features/repositories/routes.ts";
import { reviews } from "../features/reviews/routes.ts";
import { search } from "../features/search/routes.ts";
import { texts } from "../features/texts/routes.ts";
import { upkeep } from "../features/upkeep/routes.ts";
import { galleryFeature } from "../gallery/routes.ts";
import type { Feature } from "./feature.ts";

/** The product's parts, in order. */
export const features: readonly Feature[] = [
  accounts,
  organizations,
  repositories,
  remotes,
  code,
  checks,
  issues,
  labels,
  milestones,
  pullRequests,
  reviews,
  activity,
  search,
  texts,
  upkeep,
  galleryFeature,
];
