import type { UserActor } from "../../kernel/actor.ts";
import { OtherKind } from "../../kernel/errors.ts";
import { requireUser, type Level } from "../../kernel/grants.ts";
import { requireScope, type Access } from "../../kernel/http/route.ts";
import { parseNumber } from "../issues/index.ts";
import { withRepository, type RepoWith } from "../repositories/index.ts";
import { findPullRequest, type PullRequest } from "./queries.ts";

/**
 * Access to the pull request that `{pull_number}` names, or `{issue_number}` where GitHub has one path for both kinds. An
 * issue's number is `OtherKind`.
 */
export function withPullRequest<L extends Level>(level: L): Access<{ repo: RepoWith<L>; pull: PullRequest }> {
  const repository = withRepository(level);
  return {
    name: repository.name,
    resolve: async (ctx, params) => {
      const { repo } = await repository.resolve(ctx, params);
      const pull = await findPullRequest(
        ctx,
        repo,
        parseNumber(params["pull_number"] ?? params["issue_number"]),
      );
      if (!pull) throw new OtherKind();
      return { repo, pull };
    },
  };
}

/** As `withPullRequest` for a reader who does something: a signed-in person whose credential may write. */
export function asParticipant(): Access<{ repo: RepoWith<"read">; pull: PullRequest; me: UserActor }> {
  const seen = withPullRequest("read");
  return {
    name: `${seen.name}+signed-in:repo:write`,
    resolve: async (ctx, params) => {
      const granted = await seen.resolve(ctx, params);
      const me = requireUser(ctx.actor);
      requireScope(me, "repo:write");
      return { ...granted, me };
    },
  };
}
