import { z } from "zod";
import { blame } from "../../../../git/blame.ts";
import { commitsPassedOver, passedOverPath } from "../../../../git/passed-over.ts";
import { route, settledUnless } from "../../../../kernel/http/route.ts";
import { withRepository } from "../../access.ts";
import { peopleOf } from "../people.ts";
import { fileShape, fileView, requireFile } from "./file-views.ts";
import { requirePlace } from "./places.ts";
import { commitLine, commitLineShape } from "./shapes.ts";

const blamed = route({
  method: "GET",
  path: "/_web/repos/{owner}/{repo}/blame/{rest*}",
  operation: "web/blame",
  summary: "A file with the commit that each line comes from",
  access: withRepository("read"),
  internal: true,
  query: z.object({
    ignore: z
      .enum(["0", "1"])
      .default("1")
      .describe("0 counts also the commits that the repository asks to pass over"),
  }),
  answer: fileShape.extend({
    ranges: z.array(
      z.object({
        start: z.int(),
        count: z.int(),
        commit: z.int().describe("Which one of `commits`"),
        previous: z.object({ commit: z.string(), path: z.string() }).nullable(),
        passed_over: z.boolean().describe("A commit that is not to be counted changed these lines later"),
      }),
    ),
    commits: z.array(commitLineShape).describe("Those that the ranges name, each once"),
    passing_over: z
      .object({ path: z.string(), commits: z.int() })
      .nullable()
      .describe("Where the repository says which commits are not to be counted, and how many it names"),
  }),
  handle: async ({ ctx, repo, params, query }) => {
    const place = await requirePlace(ctx, repo, params.rest);
    const { git, revision, path } = place;
    const named = await commitsPassedOver(git, revision.commit);
    const passOver = query.ignore === "1" && named ? { passOver: named } : {};
    const ready = blame(git, revision.commit, path, passOver);
    const [view, found] = await Promise.all([
      requireFile(place).then((file) => fileView(ctx, repo, place, file, { ready })),
      ready,
    ]);
    const people = await peopleOf(ctx, found.commits);
    const places = new Map(found.commits.map(({ oid }, index) => [oid, index]));
    return settledUnless(view.coloured === "later", {
      ...view,
      truncated: view.truncated || found.truncated,
      commits: found.commits.map((commit) => commitLine(ctx, people, commit)),
      ranges: found.ranges.map(({ start, count, oid, previous, passedOver }) => ({
        start,
        count,
        commit: places.get(oid) ?? 0,
        previous,
        passed_over: passedOver,
      })),
      passing_over: named && { path: passedOverPath, commits: named.length },
    });
  },
});

export const blameRoutes = [blamed];
