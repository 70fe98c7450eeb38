/** Issues for the language of lists. */
import { and, eq, or, sql } from "drizzle-orm";
import type { Kind } from "../lists/index.ts";
import { visibleTo } from "../repositories/index.ts";
import { repositories } from "../repositories/schema.ts";
import { issueActivities, issueComments, issueLabels, issues } from "./schema.ts";

export const issueKind: Kind = {
  name: "issue",
  columns: issues,
  states: { open: eq(issues.state, "open"), closed: eq(issues.state, "closed"), merged: sql`false` },
  draft: sql`false`,
  awaited: sql`false`,
  labelled: (holds) => sql`exists (select 1 from ${issueLabels}
    where ${and(sql`${issueLabels.issueId} = ${issues.id}`, holds?.(issueLabels.labelId))})`,
  commented: (_ctx, holds) =>
    sql`${issues.id} in (select ${issueComments.issueId} from ${issueComments} where ${holds(issueComments)})`,
  meanings: {
    linked: (values, { ctx }) => {
      const source = sql`(${issueActivities.metadata} ->> 'source_repo_id')::uuid`;
      const named = sql`exists (select 1 from ${issueActivities} where ${issueActivities.issueId} = ${issues.id}
        and ${issueActivities.action} = 'cross-referenced' and ${issueActivities.metadata} ->> 'source_kind' = 'pull_request'
        and exists (select 1 from ${repositories} where ${repositories.id} = ${source} and ${visibleTo(ctx.actor)}))`;
      return or(...values.map((value) => (value.toLowerCase() === "pr" ? named : sql`false`))) ?? sql`false`;
    },
  },
};
