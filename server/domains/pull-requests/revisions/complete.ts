/** Pull requests from before revisions were recorded get those that their events tell of. */
import { and, asc, eq, notExists, sql } from "drizzle-orm";
import { objectInfos } from "../../../git/objects.ts";
import { transact, type Context } from "../../../kernel/context.ts";
import { events } from "../../../kernel/schema.ts";
import { usersById } from "../../accounts/index.ts";
import { gitOf, type RepoWith } from "../../repositories/index.ts";
import { pullSynchronized } from "../events.ts";
import type { PullRequest } from "../queries.ts";
import { pullRequests } from "../schema.ts";
import { hasRevisions, revisionsOf } from "./queries.ts";
import { addRevisions, keepRevisions, type Told } from "./record.ts";
import { prRevisions } from "./schema.ts";
import { storyOf } from "./story.ts";

/** Records what is not recorded yet; done once for each pull request, whoever comes first. */
export async function completeRevisions(
  ctx: Context,
  repo: RepoWith<"read">,
  pull: PullRequest,
): Promise<void> {
  if (await hasRevisions(ctx, pull.id)) return;
  const told = await pastOf(ctx, repo, pull);
  const added = await transact(ctx, async (tx) => {
    const [row] = await tx.db
      .select({ head: pullRequests.headSha })
      .from(pullRequests)
      .where(eq(pullRequests.id, pull.id))
      .for("update");
    if (!row || row.head !== pull.headSha || (await hasRevisions(tx, pull.id))) return [];
    return addRevisions(tx, pull, told);
  });
  await keepRevisions(ctx, repo, pull, added);
}

interface Past {
  readonly head: string;
  readonly byId: string | null;
  readonly at: Date;
}

/** Every head that events name and that is still there, the present one last. */
async function pastOf(ctx: Context, repo: RepoWith<"read">, pull: PullRequest): Promise<Told[]> {
  const git = gitOf(ctx, repo);
  const pushes = await ctx.db
    .select({
      before: sql<string>`${events.payload}->>'before'`,
      after: sql<string>`${events.payload}->>'after'`,
      byId: events.actorId,
      at: events.createdAt,
    })
    .from(events)
    .where(and(eq(events.subjectId, pull.id), eq(events.type, pullSynchronized.name)))
    .orderBy(asc(events.id))
    .limit(500);
  const past: Past[] = [
    { head: pushes[0]?.before ?? pull.headSha, byId: pull.authorId, at: pull.createdAt },
    ...pushes.map(({ after, byId, at }) => ({ head: after, byId, at })),
  ];
  if (past.at(-1)?.head !== pull.headSha) past.push({ head: pull.headSha, byId: null, at: pull.updatedAt });
  const [infos, people] = await Promise.all([
    objectInfos(
      git,
      past.map((one) => one.head),
    ),
    usersById(
      ctx,
      past.map((one) => one.byId),
    ),
  ]);
  const told: Told[] = [];
  for (const [index, one] of past.entries()) {
    if (infos[index]?.type !== "commit") continue;
    const story = await storyOf(git, told.at(-1) ?? null, one.head, pull.baseSha);
    told.push({
      ...story,
      pushedById: one.byId !== null && people.has(one.byId) ? one.byId : null,
      createdAt: one.at,
    });
  }
  return told;
}

/** A batch of pull requests without a revision, in any state, by id. */
export const withoutRevisions = (ctx: Context, after: string, limit: number): Promise<PullRequest[]> =>
  ctx.db
    .select()
    .from(pullRequests)
    .where(
      and(
        sql`${pullRequests.id} > ${after}`,
        notExists(
          ctx.db
            .select({ one: sql`1` })
            .from(prRevisions)
            .where(eq(prRevisions.prId, pullRequests.id)),
        ),
      ),
    )
    .orderBy(asc(pullRequests.id))
    .limit(limit);

/** Writes the references of a pull request's revisions where a crash left one out. */
export const keepAllRevisions = async (
  ctx: Context,
  repo: RepoWith<"read">,
  pull: PullRequest,
): Promise<void> => keepRevisions(ctx, repo, pull, await revisionsOf(ctx, pull));
