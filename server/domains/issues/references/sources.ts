/** What refers to an issue, as its readers see it. */
import { inArray } from "drizzle-orm";
import type { Context } from "../../../kernel/context.ts";
import { repositoriesById } from "../../repositories/index.ts";
import { issues } from "../schema.ts";
import { issueViews, type IssueView } from "../views.ts";
import { otherKinds } from "./other-kinds.ts";

/** What a line of history of the action `cross-referenced` keeps. */
export interface Source {
  /** `issue`, or the name of another kind. */
  readonly source_kind: string;
  readonly source_id: string;
  readonly source_repo_id: string;
}

/** Of a history: `metadata` holds a `Source`. */
interface Line {
  readonly id: string;
  readonly metadata: unknown;
}

/** The sources by the id of the line that names them; those the actor may not see are left out. */
export async function sourcesOf(ctx: Context, lines: readonly Line[]): Promise<Map<string, IssueView>> {
  const named = lines.map((line) => ({ line, source: line.metadata as Source | null }));
  const repos = await repositoriesById(
    ctx,
    named.map(({ source }) => source?.source_repo_id),
  );
  const visible = named.flatMap(({ line, source }) => {
    const repo = repos.get(source?.source_repo_id ?? "");
    return source && repo ? [{ lineId: line.id, repo, ...source }] : [];
  });
  const views = new Map<string, IssueView>();
  const issueIds = visible.filter((one) => one.source_kind === "issue").map((one) => one.source_id);
  if (issueIds.length > 0) {
    const rows = await ctx.db.select().from(issues).where(inArray(issues.id, issueIds));
    const entries = rows.flatMap((issue) => {
      const repo = repos.get(issue.repoId);
      return repo ? [{ repo, issue }] : [];
    });
    const shown = await issueViews(ctx, entries, { repository: true });
    for (const [index, view] of shown.entries()) views.set(entries[index]?.issue.id ?? "", view);
  }
  for (const kind of otherKinds()) {
    const rows = visible.filter((one) => one.source_kind === kind.name);
    if (rows.length === 0) continue;
    const shown = await kind.views(
      ctx,
      rows.map(({ repo, source_id: id }) => ({ repo, id })),
    );
    for (const [id, view] of shown) views.set(id, view);
  }
  const found = visible.map((one) => [one.lineId, views.get(one.source_id)] as const);
  return new Map(found.filter((one): one is readonly [string, IssueView] => one[1] !== undefined));
}
