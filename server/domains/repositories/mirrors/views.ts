import { z } from "zod";
import type { Context } from "../../../kernel/context.ts";
import { simpleUser, simpleUserShape } from "../../accounts/index.ts";
import type { Repository } from "../access.ts";
import { repositoryUrl } from "../addresses.ts";
import { isRunning } from "../remotes/courses.ts";
import { settersOf, type Mirror } from "./queries.ts";

export const mirrorShape = z
  .object({
    id: z.string(),
    api_url: z.url(),
    direction: z.enum(["pull", "push"]).describe("pull: this repository follows; push: it is followed"),
    url: z.string().describe("Never with a name or password in it"),
    has_credentials: z.boolean(),
    interval_minutes: z.int(),
    enabled: z.boolean(),
    state: z.enum(["off", "running", "waiting", "failing", "ok"]),
    last_success_at: z.iso.datetime().nullable(),
    last_attempt_at: z.iso.datetime().nullable(),
    next_run_at: z.iso.datetime().nullable(),
    failures: z.int().describe("In a row"),
    error: z.string().nullable(),
    large_files_missing: z.int().describe("Files of Git LFS that did not come along"),
    large_files_note: z.string().nullable().describe("Why some are missing"),
    set_by: simpleUserShape.nullable().describe("It runs while they administer the repository"),
    created_at: z.iso.datetime(),
  })
  .meta({ id: "Mirror" });

export async function mirrorViews(
  ctx: Context,
  repo: Repository,
  mirrors: readonly Mirror[],
): Promise<z.input<typeof mirrorShape>[]> {
  const setters = await settersOf(ctx, mirrors);
  return mirrors.map((row) => {
    const setter = row.setById === null ? undefined : setters.get(row.setById);
    return {
      id: row.id,
      api_url: `${repositoryUrl(ctx, repo)}/mirrors/${row.id}`,
      direction: row.direction,
      url: row.url,
      has_credentials: row.credentials !== null,
      interval_minutes: row.intervalMinutes,
      enabled: row.nextRunAt !== null,
      state: stateOf(row),
      last_success_at: row.succeededAt?.toISOString() ?? null,
      last_attempt_at: row.startedAt?.toISOString() ?? null,
      next_run_at: row.nextRunAt?.toISOString() ?? null,
      failures: row.failures,
      error: row.error,
      large_files_missing: row.largeFilesMissing,
      large_files_note: row.largeFilesNote,
      set_by: setter ? simpleUser(ctx, setter) : null,
      created_at: row.createdAt.toISOString(),
    };
  });
}

export async function mirrorView(
  ctx: Context,
  repo: Repository,
  mirror: Mirror,
): Promise<z.input<typeof mirrorShape>> {
  const [view] = await mirrorViews(ctx, repo, [mirror]);
  if (!view) throw new Error("one mirror has one view");
  return view;
}

function stateOf(row: Mirror): z.input<typeof mirrorShape>["state"] {
  if (row.nextRunAt === null) return "off";
  if (isRunning(row.id)) return "running";
  if (row.wantedAt !== null && row.wantedAt > (row.startedAt ?? new Date(0))) return "waiting";
  return row.error === null ? "ok" : "failing";
}
