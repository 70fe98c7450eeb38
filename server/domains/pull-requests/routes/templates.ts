import { z } from "zod";
import { route } from "../../../kernel/http/route.ts";
import { withRepository } from "../../repositories/index.ts";
import { templatesOf } from "../templates.ts";

const list = route({
  method: "GET",
  path: "/repos/{owner}/{repo}/pull-templates",
  operation: "pulls/list-templates",
  summary: "What texts of pull requests begin with here, the default one first; not at GitHub",
  access: withRepository("read"),
  answer: z.array(
    z
      .object({
        name: z.string(),
        path: z.string(),
        default: z.boolean().describe("Taken when none is chosen"),
        body: z.string(),
      })
      .meta({ id: "PullTemplate" }),
  ),
  handle: async ({ ctx, repo }) =>
    (await templatesOf(ctx, repo)).map(({ isDefault, ...template }) => ({ ...template, default: isDefault })),
});

export const templateRoutes = [list];
