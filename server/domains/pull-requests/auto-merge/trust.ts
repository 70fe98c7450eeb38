/** Whether all that came to a branch since a pull request was set to merge came from people who may merge it. */
import { and, desc, eq, gte, sql } from "drizzle-orm";
import type { Context } from "../../../kernel/context.ts";
import { reaches } from "../../../kernel/grants.ts";
import { events } from "../../../kernel/schema.ts";
import { permissionsOfUsers, pushed, type Repository } from "../../repositories/index.ts";
import type { PullRequest } from "../queries.ts";
import type { AutoMerge } from "./queries.ts";

/** More pushes than that while one waits are nobody's to look through. */
const mostPushes = 500;

/**
 * `unknown` while a push is not told yet: it will be, and that is looked at then. Each step from the head that was agreed to
 * the present one must be known, and so must everybody who pushed in between, also what was taken back.
 */
export async function trustOf(
  ctx: Context,
  repo: Pick<Repository, "id">,
  pull: PullRequest,
  auto: AutoMerge,
): Promise<"trusted" | "strange" | "unknown"> {
  if (pull.headSha === auto.headSha) return "trusted";
  if (pull.topic !== null) {
    // What was opened by a push has no branch: nobody but its author moves its head.
    const [author] = (await permissionsOfUsers(ctx, repo, [pull.authorId])).values();
    return reaches(author ?? "none", "write") ? "trusted" : "strange";
  }
  if (pull.sourceRepoId === null) return "strange";
  const pushes = await ctx.db
    .select({
      byId: events.actorId,
      before: sql<string | null>`${events.payload}->>'before'`,
      after: sql<string | null>`${events.payload}->>'after'`,
    })
    .from(events)
    .where(
      and(
        eq(events.repoId, pull.sourceRepoId),
        eq(events.type, pushed.name),
        gte(events.createdAt, auto.createdAt),
        sql`${events.payload}->>'ref' = ${`refs/heads/${pull.sourceBranch}`}`,
      ),
    )
    .orderBy(desc(events.sequence))
    .limit(mostPushes);
  if (pushes.length === mostPushes) return "strange";
  const levels = await permissionsOfUsers(
    ctx,
    repo,
    pushes.flatMap(({ byId }) => byId ?? []),
  );
  if (pushes.some(({ byId }) => byId === null || !reaches(levels.get(byId) ?? "none", "write")))
    return "strange";
  const unused = [...pushes];
  for (let at: string | null = pull.headSha; at !== auto.headSha;) {
    const step = unused.findIndex(({ after }) => after === at);
    if (step < 0) return "unknown";
    at = unused[step]?.before ?? null;
    unused.splice(step, 1);
  }
  return "trusted";
}
