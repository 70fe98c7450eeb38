import { actorId } from "../../kernel/actor.ts";
import { transact, type Context } from "../../kernel/context.ts";
import { unprocessable } from "../../kernel/errors.ts";
import { emit } from "../../kernel/events.ts";
import { resolveCommit } from "../../git/revisions.ts";
import type { RepoWith } from "../repositories/index.ts";
import { statusReported } from "./events.ts";
import type { Status } from "./queries.ts";
import { commitStatuses } from "./schema.ts";
import { judging } from "./verdicts.ts";

export interface StatusInput {
  readonly state: Status["state"];
  readonly context: string;
  readonly description: string | null;
  readonly targetUrl: string | null;
}

/** @throws Refusal 422 when the repository has no such commit */
export async function reportStatus(
  ctx: Context,
  repo: RepoWith<"write">,
  sha: string,
  input: StatusInput,
): Promise<Status> {
  const commit = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/i.test(sha)
    ? await resolveCommit(ctx.git.directory(repo.diskPath), sha)
    : null;
  if (commit === null) throw unprocessable(`No commit found for SHA: ${sha}`);
  return transact(ctx, async (tx) => {
    const [status] = await judging(tx, { repoId: repo.id, sha: commit }, async () =>
      tx.db
        .insert(commitStatuses)
        .values({
          ...input,
          repoId: repo.id,
          sha: commit,
          creatorId: actorId(tx.actor),
          createdAt: tx.clock.now(),
        })
        .returning(),
    );
    if (!status) throw new Error("the insert answered no row");
    await emit(
      tx,
      statusReported,
      { repoId: repo.id, subjectId: status.id },
      { status_id: status.id, sha: commit, context: status.context, state: status.state },
    );
    return status;
  });
}
