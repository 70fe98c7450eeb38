/** The pull requests that runs are shown with. They are a domain above, which answers here. */
import { z } from "zod";
import type { Context } from "../../../kernel/context.ts";
import type { RepoWith } from "../../repositories/index.ts";

const end = z.object({
  ref: z.string(),
  sha: z.string(),
  repo: z.object({ id: z.int(), url: z.string(), name: z.string() }),
});

/** GitHub's `pull-request-minimal`. */
export const runPullShape = z.object({
  id: z.int(),
  number: z.int(),
  url: z.string(),
  head: end,
  base: end,
});

export type RunPull = z.input<typeof runPullShape>;

/** Open pull requests of a repository from its own branches, by the commit that is their head. */
export type RunPullReader = (
  ctx: Context,
  repo: RepoWith<"read">,
  shas: readonly string[],
) => Promise<ReadonlyMap<string, readonly RunPull[]>>;

let reader: RunPullReader = async () => new Map();

/** To be called once, when the domain that keeps pull requests is loaded. */
export function answerRunPulls(answer: RunPullReader): void {
  reader = answer;
}

export const pullsOfRuns: RunPullReader = (ctx, repo, shas) => reader(ctx, repo, shas);
