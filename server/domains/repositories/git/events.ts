import { z } from "zod";
import { eventType } from "../../../kernel/events.ts";

/** Zeros stand for "does not exist", as in git's own reports. */
export const pushed = eventType(
  "repository.pushed",
  z.object({
    /** The full name, `refs/heads/main`. */
    ref: z.string(),
    before: z.string(),
    after: z.string(),
    created: z.boolean(),
    deleted: z.boolean(),
    /** A branch that does not contain its former end any more, or a tag that moved. */
    forced: z.boolean(),
    /** Commits that came in with this move; `commits` holds the newest of them, oldest first. */
    commits_count: z.number(),
    commits: z.array(
      z.object({
        sha: z.string(),
        message: z.string(),
        author: z.object({ name: z.string(), email: z.string() }),
      }),
    ),
    /** What kind of act moved it: `push`, `edit`, `merge`… */
    reason: z.string(),
    /** What the act was about, as its command said. */
    detail: z.record(z.string(), z.unknown()),
  }),
);

export type Pushed = z.infer<typeof pushed.payload>;
