import { z } from "zod";
import { anyone, route } from "../kernel/http/route.ts";
import { avatarUrl, hasUsers, readSignUpPolicy } from "../domains/accounts/index.ts";
import { listOrganizationsOf } from "../domains/organizations/index.ts";
import { countAsked } from "../domains/pull-requests/index.ts";
import { listLiked } from "../domains/repositories/index.ts";

const face = z.object({ login: z.string(), name: z.string().nullable(), avatar_url: z.string() });

const atHand = 8;

/** What stands around every page: who looks, and what they keep at hand. */
const frame = route({
  method: "GET",
  path: "/_web/frame",
  operation: "web/get-frame",
  summary: "What stands around every page",
  access: anyone,
  internal: true,
  answer: z.object({
    viewer: face
      .extend({
        site_admin: z.boolean(),
        mailbox: z.boolean().describe("May read the letters that wait for want of a mail server"),
      })
      .nullable(),
    organizations: z.array(face),
    favourites: z.array(z.object({ full_name: z.string() })),
    counts: z
      .record(z.string(), z.int())
      .describe("Numbers beside entries of the rail; nothing for 0, and 100 for more than 99"),
    setup_needed: z.boolean(),
    sign_up: z.enum(["open", "invite", "closed"]),
  }),
  handle: async ({ ctx }) => {
    const { actor } = ctx;
    const common = { setup_needed: false, sign_up: await readSignUpPolicy(ctx) };
    if (actor.kind !== "user")
      return {
        viewer: null,
        organizations: [],
        favourites: [],
        counts: {},
        ...common,
        setup_needed: !(await hasUsers(ctx)),
      };
    const [organizations, starred, reviews] = await Promise.all([
      listOrganizationsOf(ctx, actor.user.id, { per_page: 30 }),
      listLiked(ctx, "stars", actor.user.id, "desc", { per_page: atHand }),
      countAsked(ctx, actor.user.id),
    ]);
    return {
      viewer: {
        login: actor.user.login,
        name: actor.user.name,
        avatar_url: avatarUrl(ctx, actor.user),
        site_admin: actor.user.role !== "user",
        mailbox: ctx.mail.mailbox !== null && actor.user.role === "superadmin",
      },
      organizations: organizations.items.map((one) => ({
        login: one.login,
        name: one.displayName,
        avatar_url: avatarUrl(ctx, one),
      })),
      counts: reviews > 0 ? { reviews } : {},
      favourites: starred.items.map((repo) => ({ full_name: `${repo.owner.login}/${repo.name}` })),
      ...common,
    };
  },
});

export const pageRoutes = [frame];
