/** Which part of a pull request its files page shows: all of it at a revision, or what changed between two. */
import { and, desc, eq, isNotNull } from "drizzle-orm";
import { z } from "zod";
import type { Context } from "../../../kernel/context.ts";
import { notFound } from "../../../kernel/errors.ts";
import type { RepoWith } from "../../repositories/index.ts";
import { forkPoint } from "../contents.ts";
import type { PullRequest } from "../queries.ts";
import { changeOf, interdiff } from "../revisions/compare.ts";
import { revisionsOf, type Revision } from "../revisions/queries.ts";
import { prReviews } from "../schema.ts";

/** Without either, a reader who has reviewed it sees what changed since. */
export const rangeQuery = {
  from: z
    .string()
    .regex(/^(?:base|[1-9]\d{0,5})$/)
    .optional()
    .describe("A revision, or `base` for the whole change"),
  to: z
    .string()
    .regex(/^[1-9]\d{0,5}$/)
    .optional()
    .describe("A revision; the last unless told"),
};

export const rangeShape = z.object({
  from: z.int().nullable().describe("Null for the whole change"),
  to: z.int(),
  last: z.int(),
  reviewed: z.int().nullable().describe("The revision that the reader's last review looked at"),
  by_default: z.boolean().describe("Begins at the reader's last review, without being asked to"),
  same: z.boolean().nullable().describe("The two are the same change; null where nothing was compared"),
  unable: z
    .string()
    .nullable()
    .describe("Why what was asked for cannot be told apart; then the whole is shown"),
});

interface Asked {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export interface Range {
  /** Commits; `base` is what the left side shows. */
  readonly base: string;
  readonly head: string;
  /** The pull request as it was at that revision. */
  readonly at: PullRequest;
  readonly shown: z.input<typeof rangeShape>;
  readonly revisions: readonly Revision[];
}

/**
 * @param pull up to date, its revisions recorded
 * @throws Refusal 404 for a revision that is not there
 */
export async function rangeOf(
  ctx: Context,
  repo: RepoWith<"read">,
  pull: PullRequest,
  asked: Asked,
): Promise<Range> {
  const revisions = await revisionsOf(ctx, pull);
  const last = revisions.at(-1);
  if (!last) throw notFound("No revision is recorded");
  const numbered = (text: string): Revision => {
    const found = revisions.find((one) => one.number === Number(text));
    if (!found) throw notFound(`There is no revision ${text}`);
    return found;
  };
  const to = asked.to === undefined ? last : numbered(asked.to);
  const reviewed = await reviewedBy(ctx, pull, revisions);
  const byDefault =
    asked.from === undefined && asked.to === undefined && reviewed !== null && reviewed.number < to.number;
  const from =
    asked.from === undefined
      ? byDefault
        ? reviewed
        : null
      : asked.from === "base"
        ? null
        : numbered(asked.from);
  const at: PullRequest =
    to.number === last.number ? pull : { ...pull, headSha: to.headSha, baseSha: to.baseSha };
  const shown = {
    from: null,
    to: to.number,
    last: last.number,
    reviewed: reviewed?.number ?? null,
    by_default: byDefault,
    same: null,
    unable: null,
  };
  const whole = async () => ({ base: await forkPoint(ctx, repo, at), head: at.headSha, at, revisions });
  if (from === null) return { ...(await whole()), shown };
  const change = await changeOf(ctx, repo, pull, to);
  const found = await interdiff(ctx, repo, await changeOf(ctx, repo, pull, from), change);
  if (found.kind !== "told")
    return { ...(await whole()), shown: { ...shown, unable: untold(from.number, to.number, found) } };
  // After a mere rebase there is nothing to look at but the whole.
  if (byDefault && found.same) return { ...(await whole()), shown: { ...shown, same: true } };
  return {
    base: found.from,
    head: at.headSha,
    at,
    revisions,
    shown: { ...shown, from: from.number, same: found.same },
  };
}

const mostNamed = 3;

export function untold(
  from: number,
  to: number,
  found:
    | { readonly kind: "conflict"; readonly paths: readonly string[] }
    | { readonly kind: "untold"; readonly because: string },
): string {
  if (found.kind === "untold") return found.because;
  const named = found.paths.slice(0, mostNamed).join(", ");
  const more = found.paths.length > mostNamed ? ` and ${found.paths.length - mostNamed} more` : "";
  return `Between revisions ${from} and ${to} the base changed the same lines, in ${named}${more}`;
}

/** What the reader's last submitted review looked at: by its commit, or else by its time. */
async function reviewedBy(
  ctx: Context,
  pull: PullRequest,
  revisions: readonly Revision[],
): Promise<Revision | null> {
  if (ctx.actor.kind !== "user") return null;
  const [review] = await ctx.db
    .select({ commit: prReviews.commitSha, at: prReviews.submittedAt })
    .from(prReviews)
    .where(
      and(
        eq(prReviews.prId, pull.id),
        eq(prReviews.userId, ctx.actor.user.id),
        isNotNull(prReviews.submittedAt),
      ),
    )
    .orderBy(desc(prReviews.submittedAt))
    .limit(1);
  if (!review?.at) return null;
  const { commit, at } = review;
  return (
    revisions.findLast((one) => one.headSha === commit) ??
    revisions.findLast((one) => one.createdAt <= at) ??
    null
  );
}
