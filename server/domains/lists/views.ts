import { z } from "zod";
import type { Context } from "../../kernel/context.ts";
import { nullableSimpleUser, simpleUserShape, usersById } from "../accounts/index.ts";
import { htmlUrl, type Repository } from "../repositories/index.ts";
import { mayChange } from "./policy.ts";
import { listViews, type View, type ViewKind } from "./queries.ts";

const verdictShape = z.union([z.literal(true), z.string()]);

export const viewShape = z
  .object({
    id: z.string(),
    url: z.url(),
    html_url: z.url().describe("The list with this query"),
    kind: z.enum(["issue", "pr"]),
    name: z.string(),
    description: z.string().nullable(),
    query: z.string().describe("A line of the language of lists"),
    shared: z.boolean().describe("Seen by everybody; else by its creator alone"),
    creator: simpleUserShape.nullable(),
    can: z.object({ change: verdictShape }),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
  })
  .meta({ id: "SavedQuery" });

/** Saved queries of one repository, in their order. */
export async function viewsOf(
  ctx: Context,
  repo: Repository,
  views: readonly View[],
): Promise<z.input<typeof viewShape>[]> {
  const people = await usersById(
    ctx,
    views.map((view) => view.creatorId),
  );
  const at = `${ctx.config.url}/api/v3/repos/${repo.owner.login}/${repo.name}/views`;
  return views.map((view) => ({
    id: view.id,
    url: `${at}/${view.id}`,
    html_url: `${htmlUrl(ctx, repo)}/${view.kind === "pr" ? "pulls" : "issues"}?${new URLSearchParams({ q: view.filters })}`,
    kind: view.kind,
    name: view.name,
    description: view.description,
    query: view.filters,
    shared: view.isShared,
    creator: nullableSimpleUser(ctx, people.get(view.creatorId)),
    can: { change: mayChange(ctx.actor, repo, view) },
    created_at: view.createdAt.toISOString(),
    updated_at: view.updatedAt.toISOString(),
  }));
}

/** The saved queries of one kind that the actor sees. */
export const savedQueries = async (ctx: Context, repo: Repository, kind: ViewKind) =>
  viewsOf(ctx, repo, await listViews(ctx, repo, kind));
