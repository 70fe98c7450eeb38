/** When to look whether what is set to merge can be merged. */
import { asc, gt } from "drizzle-orm";
import { z } from "zod";
import { transact, type Context } from "../../../kernel/context.ts";
import { subscription } from "../../../kernel/events.ts";
import type { JobType } from "../../../kernel/jobs/index.ts";
import { checkRunCreated, checkRunUpdated, statusReported } from "../../checks/index.ts";
import {
  protectionCreated,
  protectionDeleted,
  protectionUpdated,
  pushed,
  repositoryUnarchived,
  repositoryUpdated,
} from "../../repositories/index.ts";
import * as facts from "../events.ts";
import { attemptAutoMerge } from "./attempt.ts";
import { tryAutoMerge } from "./names.ts";
import { waitingFor } from "./queries.ts";
import { prAutoMerges } from "./schema.ts";

/** One look at one pull request; while one waits, another is not added. */
export const tryAutoMergeJob: JobType = {
  name: tryAutoMerge,
  handle: async (ctx, { pullId }) => {
    if (typeof pullId === "string") await attemptAutoMerge(ctx, pullId);
  },
};

const ask = (ctx: Context, pullIds: readonly string[]): Promise<void> =>
  transact(ctx, async (tx) => {
    for (const pullId of pullIds)
      await tx.jobs.enqueue(tx, tryAutoMerge, { pullId }, { singletonKey: pullId });
  });

const aboutPulls = [
  facts.pullReviewed,
  facts.reviewDismissed,
  facts.reviewRequestRemoved,
  facts.threadResolved,
  facts.pullReadied,
  facts.pullSynchronized,
];

const aboutChecks = [statusReported, checkRunCreated, checkRunUpdated];
const ofCommit = z.object({ sha: z.string() });

/** Everything that may clear the way, or show that it must not be taken. */
export const noticeReadiness = subscription(
  "pull-requests.notice-readiness",
  [
    ...aboutPulls,
    ...aboutChecks,
    pushed,
    protectionCreated,
    protectionUpdated,
    protectionDeleted,
    repositoryUpdated,
    repositoryUnarchived,
  ].map((type) => type as { name: string; payload: never }),
  async (ctx, event) => {
    if (event.repoId === null) return;
    const news = { repoId: event.repoId };
    if (aboutPulls.some(({ name }) => name === event.type))
      return ask(ctx, await waitingFor(ctx, { ...news, pullId: event.subjectId }));
    if (aboutChecks.some(({ name }) => name === event.type)) {
      const { sha } = ofCommit.parse(event.payload);
      return ask(ctx, await waitingFor(ctx, { ...news, headSha: sha }));
    }
    if (event.type === pushed.name) {
      const { ref } = pushed.payload.parse(event.payload);
      if (!ref.startsWith("refs/heads/")) return;
      return ask(ctx, await waitingFor(ctx, { ...news, branch: ref.slice("refs/heads/".length) }));
    }
    await ask(ctx, await waitingFor(ctx, news));
  },
);

const batch = 200;

/** Looks at all of them every hour and at every start: for what a restored backup or a lost job left waiting. */
export const sweepAutoMerges: JobType = {
  name: "pull-requests.sweep-auto-merges",
  lane: "long",
  schedule: "41 * * * *",
  handle: async (ctx) => {
    let after = "00000000-0000-0000-0000-000000000000";
    for (;;) {
      const rows = await ctx.db
        .select({ id: prAutoMerges.prId })
        .from(prAutoMerges)
        .where(gt(prAutoMerges.prId, after))
        .orderBy(asc(prAutoMerges.prId))
        .limit(batch);
      await ask(
        ctx,
        rows.map(({ id }) => id),
      );
      after = rows.at(-1)?.id ?? after;
      if (rows.length < batch) return;
    }
  },
};

/** Asks for one sweep; while one waits, another is not added. */
export const askToSweep = (ctx: Context): Promise<void> =>
  transact(ctx, (tx) => tx.jobs.enqueue(tx, sweepAutoMerges.name, {}, { singletonKey: "all" }));
