import { eq } from "drizzle-orm";
import { transact, type Context } from "../../kernel/context.ts";
import { notFound, unprocessable } from "../../kernel/errors.ts";
import { emit } from "../../kernel/events.ts";
import { enforce, requireUser } from "../../kernel/grants.ts";
import type { RepoWith } from "../repositories/index.ts";
import { viewCreated, viewDeleted, viewUpdated } from "./events.ts";
import { mayChange, maySave } from "./policy.ts";
import { countViews, mostViews, type View } from "./queries.ts";
import { issueViews } from "./schema.ts";

export interface NewView {
  readonly kind: View["kind"];
  readonly name: string;
  readonly description: string | null;
  /** A line of the language. */
  readonly filters: string;
  readonly isShared: boolean;
}

/** Saves a query. @throws Refusal 403 for sharing without write access, 422 for one too many or a name that is taken */
export function saveView(ctx: Context, repo: RepoWith<"read">, input: NewView): Promise<View> {
  enforce(maySave(ctx.actor, repo, input.isShared));
  const creatorId = requireUser(ctx.actor).user.id;
  return transact(ctx, async (tx) => {
    const row = { ...input, repoId: repo.id, creatorId };
    await requireRoom(tx, row);
    const [view] = await tx.db.insert(issueViews).values(row).returning();
    if (!view) throw new Error("the insert answered no row");
    await emit(tx, viewCreated, about(view), described(view));
    return view;
  });
}

/** Changes a saved query; asked for what is already so, it leaves no trace. */
export function changeView(
  ctx: Context,
  repo: RepoWith<"read">,
  seen: View,
  changes: Partial<Omit<NewView, "kind">>,
): Promise<View> {
  return transact(ctx, async (tx) => {
    const [before] = await tx.db.select().from(issueViews).where(eq(issueViews.id, seen.id)).for("update");
    if (!before) throw notFound();
    enforce(mayChange(tx.actor, repo, before));
    const after = { ...before, ...changes };
    const differs = (["name", "description", "filters", "isShared"] as const).some(
      (name) => after[name] !== before[name],
    );
    if (!differs) return before;
    if (after.isShared !== before.isShared) {
      enforce(maySave(tx.actor, repo, after.isShared));
      await requireRoom(tx, after);
    }
    const [view] = await tx.db
      .update(issueViews)
      .set({ ...changes, updatedAt: tx.clock.now() })
      .where(eq(issueViews.id, before.id))
      .returning();
    if (!view) throw notFound();
    await emit(tx, viewUpdated, about(view), described(view));
    return view;
  });
}

export function deleteView(ctx: Context, repo: RepoWith<"read">, view: View): Promise<void> {
  enforce(mayChange(ctx.actor, repo, view));
  return transact(ctx, async (tx) => {
    const gone = await tx.db.delete(issueViews).where(eq(issueViews.id, view.id)).returning();
    for (const one of gone) await emit(tx, viewDeleted, about(one), described(one));
  });
}

async function requireRoom(ctx: Context, row: Parameters<typeof countViews>[1]): Promise<void> {
  if ((await countViews(ctx, row)) >= mostViews)
    throw unprocessable(`A repository has at most ${mostViews} saved queries of a kind; delete one first`);
}

const about = (view: View) => ({ repoId: view.repoId, subjectId: view.id });
const described = (view: View) => ({
  view_id: view.id,
  kind: view.kind,
  shared: view.isShared,
  name: view.isShared ? view.name : null,
});
