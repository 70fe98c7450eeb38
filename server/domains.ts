/** The architecture on one screen: every domain may import those above it that its `uses` names, and none below. */
import type { Domain } from "./domain.ts";
import { accounts } from "./domains/accounts/domain.ts";
import { activity } from "./domains/activity/domain.ts";
import { checks } from "./domains/checks/domain.ts";
import { commitComments } from "./domains/commit-comments/domain.ts";
import { issues } from "./domains/issues/domain.ts";
import { labels } from "./domains/labels/domain.ts";
import { lfs } from "./domains/lfs/domain.ts";
import { lists } from "./domains/lists/domain.ts";
import { organizations } from "./domains/organizations/domain.ts";
import { planning } from "./domains/planning/domain.ts";
import { pullRequests } from "./domains/pull-requests/domain.ts";
import { repositories } from "./domains/repositories/domain.ts";
import { search } from "./domains/search/domain.ts";
import { texts } from "./domains/texts/domain.ts";
import { upkeep } from "./domains/upkeep/domain.ts";

export const domains: readonly Domain[] = [
  accounts,
  organizations,
  repositories,
  lfs,
  checks,
  labels,
  planning,
  lists,
  texts,
  issues,
  pullRequests,
  commitComments,
  activity,
  search,
  upkeep,
];
