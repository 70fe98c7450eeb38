import { z } from "zod";
import { route } from "../../../../kernel/http/route.ts";
import { withRepository } from "../../access.ts";
import { fullName } from "../../addresses.ts";
import { listFamily } from "../../family.ts";

const most = 30;

const relativeShape = z
  .object({
    full_name: z.string(),
    default_branch: z.string(),
    prefix: z.string().describe("What stands before a branch of it in the address of a comparison"),
    source: z.boolean().describe("All others come from it"),
  })
  .meta({ id: "WebRelative" });

const family = route({
  method: "GET",
  path: "/_web/repos/{owner}/{repo}/family",
  operation: "web/family",
  summary: "The repositories that one compares a repository with: those that share its history",
  access: withRepository("read"),
  internal: true,
  query: z.object({ q: z.string().max(100).default("").describe("Part of an owner's name") }),
  answer: z.object({
    repositories: z.array(relativeShape),
  }),
  handle: async ({ ctx, repo, query }) => {
    const found = await listFamily(ctx, repo, { text: query.q.trim(), limit: most });
    return {
      repositories: found.map((one) => ({
        full_name: fullName(one),
        default_branch: one.defaultBranch,
        prefix: one.id === repo.id ? "" : `${one.owner.login}:`,
        source: one.forkedFromId === null && found.length > 1,
      })),
    };
  },
});

export const familyRoutes = [family];
