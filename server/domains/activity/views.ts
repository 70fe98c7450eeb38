import type { Context } from "../../kernel/context.ts";
import type { Page } from "../../kernel/paging.ts";
import { avatarUrl, type Named } from "../accounts/index.ts";
import { fullName, repositoryUrl } from "../repositories/index.ts";
import { told } from "./payloads.ts";
import type { Activity } from "./queries.ts";
import type { EventView } from "./shapes.ts";
import { subjectsOf } from "./subjects.ts";

/** A page of news in GitHub's shape. What they are about may be gone: then they are left out. */
export async function eventViews(ctx: Context, page: Page<Activity>): Promise<Page<EventView>> {
  const subjects = await subjectsOf(ctx, page.items);
  const items = page.items.flatMap((activity): EventView[] => {
    const repo = subjects.repositories.get(activity.repoId ?? "");
    const actor = subjects.users.get(activity.actorId ?? "");
    const news = repo && actor && told(ctx, repo, activity, subjects);
    if (!news) return [];
    return [
      {
        id: String(activity.apiId),
        type: news.type,
        actor: actorView(ctx, actor),
        repo: { id: repo.apiId, name: fullName(repo), url: repositoryUrl(ctx, repo) },
        ...(repo.owner.type === "organization" ? { org: actorView(ctx, repo.owner) } : {}),
        payload: news.payload,
        public: !repo.isPrivate,
        created_at: activity.createdAt.toISOString(),
      },
    ];
  });
  return { ...page, items };
}

const actorView = (ctx: Context, owner: Named): EventView["actor"] => ({
  id: owner.apiId,
  login: owner.login,
  display_login: owner.login,
  gravatar_id: "",
  url: `${ctx.config.url}/api/v3/users/${owner.login}`,
  avatar_url: avatarUrl(ctx, owner),
});
