import { z } from "zod";
import { defined } from "../../../kernel/defined.ts";
import { Moved, OtherKind, notFound } from "../../../kernel/errors.ts";
import { anyone, created, Reply, route, signedIn } from "../../../kernel/http/route.ts";
import { mapPage, pagingQuery } from "../../../kernel/paging.ts";
import { findOwner, publicUserShape, singleLine, userView, website } from "../../accounts/index.ts";
import { findOrganization, requireOrganization, withOrganization } from "../access.ts";
import {
  createOrganization,
  deleteOrganization,
  renameOrganization,
  setBasePermission,
  updateOrganization,
} from "../commands.ts";
import { listOrganizations } from "../queries.ts";
import {
  basePermissions,
  organizationShape,
  organizationSimple,
  organizationSimpleShape,
  organizationView,
} from "../views.ts";

const login = z.string().trim().min(1).max(39).describe("Unique among users and organizations");
const profile = {
  name: singleLine(100).nullable().optional().describe("Shown instead of the login"),
  description: singleLine(300).nullable().optional(),
  blog: website.nullable().optional(),
  location: singleLine(100).nullable().optional(),
};

interface ProfileBody {
  readonly name?: string | null | undefined;
  readonly description?: string | null | undefined;
  readonly blog?: string | null | undefined;
  readonly location?: string | null | undefined;
}

/** An emptied text is an absent one. */
const profileOf = ({ name, description, blog, location }: ProfileBody) => {
  const absent = (text: string | null | undefined) => (text === "" ? null : text);
  return defined({
    displayName: absent(name),
    description: absent(description),
    website: absent(blog),
    location: absent(location),
  });
};

const list = route({
  method: "GET",
  path: "/organizations",
  operation: "orgs/list",
  summary: "All organizations in the order they were created",
  access: anyone,
  query: z.object({
    ...pagingQuery,
    since: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
  }),
  answer: z.array(organizationSimpleShape),
  handle: async ({ ctx, query }) =>
    mapPage(await listOrganizations(ctx, query, query.since), (row) => organizationSimple(ctx, row)),
});

const create = route({
  method: "POST",
  path: "/user/orgs",
  operation: "orgs/create",
  summary: "Create an organization that you own",
  access: signedIn("user:write"),
  body: z.object({ login, ...profile }),
  answer: organizationShape,
  status: 201,
  handle: async ({ ctx, me, body }) => {
    const made = await createOrganization(ctx, me, { login: body.login, ...profileOf(body) });
    const view = organizationView(ctx, made);
    return created(view, view.url);
  },
});

const get = route({
  method: "GET",
  path: "/orgs/{org}",
  operation: "orgs/get",
  summary: "An organization's public profile",
  access: anyone,
  answer: organizationShape,
  handle: async ({ ctx, params }) => {
    const organization = await findOrganization(ctx, params.org);
    if (!organization) throw notFound();
    if (organization.login.toLowerCase() !== params.org.toLowerCase())
      throw new Moved((path) => path.replace(/\/orgs\/[^/]+/, `/orgs/${organization.login}`));
    return organizationView(ctx, organization);
  },
});

/** The same path as a user's profile: the accounts answer for users. */
const getAsUser = route({
  method: "GET",
  path: "/users/{username}",
  operation: "users/get-by-username",
  summary: "An organization's public profile, in the shape of a user's",
  access: anyone,
  answer: publicUserShape,
  handle: async ({ ctx, params }) => {
    const owner = await findOwner(ctx, params.username);
    const organization = owner && (await findOrganization(ctx, owner.login));
    if (!organization) throw new OtherKind();
    const { displayName, description, ...rest } = organization;
    return userView(ctx, { ...rest, name: displayName, bio: description });
  },
});

const update = route({
  method: "PATCH",
  path: "/orgs/{org}",
  operation: "orgs/update",
  summary: "Change an organization's profile; a new login, for owners, leaves a redirect behind",
  access: withOrganization("write"),
  body: z.object({
    login: login.optional(),
    ...profile,
    default_repository_permission: basePermissions
      .optional()
      .describe("What every member may do in its repositories; for owners"),
  }),
  answer: organizationShape,
  handle: async ({ ctx, organization, body }) => {
    const base = body.default_repository_permission;
    if (base !== undefined && base !== organization.basePermission)
      await setBasePermission(ctx, requireOrganization(ctx, organization, "admin"), base);
    if (body.login !== undefined && body.login !== organization.login)
      await renameOrganization(ctx, requireOrganization(ctx, organization, "admin"), body.login);
    return organizationView(ctx, await updateOrganization(ctx, organization, profileOf(body)));
  },
});

const remove = route({
  method: "DELETE",
  path: "/orgs/{org}",
  operation: "orgs/delete",
  summary: "Delete an organization that owns no repository",
  access: withOrganization("admin"),
  answer: z.object({}),
  status: 202,
  handle: async ({ ctx, organization }) => {
    await deleteOrganization(ctx, organization);
    return new Reply({});
  },
});

export const organizationRoutes = [list, create, get, getAsUser, update, remove];
