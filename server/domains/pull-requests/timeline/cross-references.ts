/** Lines of the timeline that say where else a pull request is named. */
import type { z } from "zod";
import type { Context } from "../../../kernel/context.ts";
import { simpleUser, usersById } from "../../accounts/index.ts";
import { sourcesOf, type crossReferenceShape } from "../../issues/index.ts";
import * as facts from "../events.ts";
import type { Fact } from "./queries.ts";
import { ghost } from "./views.ts";

type CrossReferenceView = z.input<typeof crossReferenceShape>;

/** What names the pull request elsewhere, by the id of what tells so; what is gone, or not for the reader, is left out. */
export async function crossReferenceViews(
  ctx: Context,
  list: readonly Fact[],
): Promise<Map<string, CrossReferenceView>> {
  const naming = list.filter((fact) => fact.type === facts.pullCrossReferenced.name);
  if (naming.length === 0) return new Map();
  const [sources, users] = await Promise.all([
    sourcesOf(
      ctx,
      naming.map(({ id, payload }) => ({ id, metadata: payload })),
    ),
    usersById(
      ctx,
      naming.map((fact) => fact.actorId),
    ),
  ]);
  return new Map(
    naming.flatMap((fact) => {
      const issue = sources.get(fact.id);
      if (!issue) return [];
      const at = fact.createdAt.toISOString();
      const actor = simpleUser(ctx, users.get(fact.actorId ?? "") ?? ghost);
      const source = { type: "issue" as const, issue };
      return [
        [
          fact.id,
          { event: "cross-referenced" as const, actor, created_at: at, updated_at: at, source },
        ] as const,
      ];
    }),
  );
}
