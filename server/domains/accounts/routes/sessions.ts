import { and, desc, eq, gt } from "drizzle-orm";
import { z } from "zod";
import type { UserActor } from "../../../kernel/actor.ts";
import type { Context } from "../../../kernel/context.ts";
import { forbidden, notFound } from "../../../kernel/errors.ts";
import { originIsOurs } from "../../../kernel/http/client.ts";
import { anyone, nothing, Reply, route, signedIn } from "../../../kernel/http/route.ts";
import { endOtherSessions, endSession, signIn, type Session } from "../commands/sessions.ts";
import { setUp, signUp, type SignedUp } from "../commands/sign-up.ts";
import { clearedCookie, readSessionCookie, sessionCookie } from "../cookies.ts";
import { displayName, email, login, password } from "../input.ts";
import { getProfile, hasUsers } from "../queries.ts";
import { session } from "../schema.ts";
import { readSignUpPolicy, signUpPolicy } from "../settings.ts";
import { privateUserShape, privateUserView } from "../views.ts";

/**
 * Signing in sets a cookie, and no cookie guards it: another site must not be able to sign its visitors in as somebody it
 * chose. Browsers say where a request comes from; programs say nothing.
 */
function refuseForeignPages(ctx: Context, headers: Headers): void {
  if (headers.get("origin") === null && headers.get("sec-fetch-site") === null) return;
  if (!originIsOurs(headers, ctx.config.url)) throw forbidden("This request did not come from our own pages");
}

const signedUp = (ctx: Context, made: SignedUp) =>
  new Reply(privateUserView(ctx, made.profile), {
    status: 201,
    headers: { "set-cookie": sessionCookie(ctx.config, made.token) },
  });

const getSetup = route({
  method: "GET",
  path: "/setup",
  operation: "instance/get-setup",
  summary: "Whether the instance waits for its first administrator, and who may sign up",
  access: anyone,
  answer: z.object({ needed: z.boolean(), sign_up: signUpPolicy }),
  handle: async ({ ctx }) => ({ needed: !(await hasUsers(ctx)), sign_up: await readSignUpPolicy(ctx) }),
});

const runSetup = route({
  method: "POST",
  path: "/setup",
  operation: "instance/set-up",
  summary: "Create the first administrator and sign in; only while there is no user",
  access: anyone,
  guarded: true,
  body: z.object({ login, email, password, name: displayName.optional(), sign_up: signUpPolicy.optional() }),
  answer: privateUserShape,
  status: 201,
  handle: async ({ ctx, headers, body }) => {
    refuseForeignPages(ctx, headers);
    const { sign_up, ...rest } = body;
    return signedUp(
      ctx,
      await setUp(ctx, { ...rest, signUp: sign_up, userAgent: headers.get("user-agent") }),
    );
  },
});

const runSignUp = route({
  method: "POST",
  path: "/users",
  operation: "users/sign-up",
  summary: "Create your account and sign in",
  access: anyone,
  guarded: true,
  body: z.object({
    login,
    email: email.optional(),
    password,
    name: displayName.optional(),
    invitation: z.string().max(100).optional().describe("The token of an invitation"),
  }),
  answer: privateUserShape,
  status: 201,
  handle: async ({ ctx, headers, body }) => {
    refuseForeignPages(ctx, headers);
    return signedUp(ctx, await signUp(ctx, { ...body, userAgent: headers.get("user-agent") }));
  },
});

const sessionShape = z.object({
  id: z.string(),
  current: z.boolean(),
  ip_address: z.string().nullable(),
  user_agent: z.string().nullable(),
  created_at: z.string(),
  last_active_at: z.string().describe("To the hour"),
  expires_at: z.string(),
});

const sessionView = (row: Session, currentId: string | undefined): z.infer<typeof sessionShape> => ({
  id: row.id,
  current: row.id === currentId,
  ip_address: row.ipAddress,
  user_agent: row.userAgent,
  created_at: row.createdAt.toISOString(),
  last_active_at: row.updatedAt.toISOString(),
  expires_at: row.expiresAt.toISOString(),
});

const createSession = route({
  method: "POST",
  path: "/session",
  operation: "sessions/create",
  summary: "Sign in by user name or e-mail address and password; answers a cookie",
  access: anyone,
  guarded: true,
  body: z.object({ login: z.string().max(254), password: z.string().max(1000) }),
  answer: z.object({ user: privateUserShape, session: sessionShape }),
  status: 201,
  handle: async ({ ctx, headers, body }) => {
    refuseForeignPages(ctx, headers);
    const started = await signIn(ctx, {
      ...body,
      userAgent: headers.get("user-agent"),
      replaced: readSessionCookie(ctx.config, headers.get("cookie")),
    });
    const user = privateUserView(ctx, await getProfile(ctx, started.me.user.id));
    return new Reply(
      { user, session: sessionView(started.session, started.session.id) },
      { headers: { "set-cookie": sessionCookie(ctx.config, started.token) } },
    );
  },
});

const deleteSession = route({
  method: "DELETE",
  path: "/session",
  operation: "sessions/delete-current",
  summary: "Sign out",
  access: anyone,
  answer: nothing,
  status: 204,
  handle: async ({ ctx }) => {
    if (ctx.actor.kind === "user" && ctx.actor.sessionId !== undefined)
      await endSession(ctx, ctx.actor, ctx.actor.sessionId);
    return new Reply(undefined, { headers: { "set-cookie": clearedCookie(ctx.config) } });
  },
});

const listSessions = route({
  method: "GET",
  path: "/user/sessions",
  operation: "sessions/list",
  summary: "Where you are signed in",
  access: signedIn("user:read"),
  answer: z.array(sessionShape),
  handle: async ({ ctx, me }) => {
    const rows = await sessionsOf(ctx, me);
    return rows.map((row) => sessionView(row, me.sessionId));
  },
});

/** The newest hundred that are alive. */
function sessionsOf(ctx: Context, me: UserActor): Promise<Session[]> {
  return ctx.db
    .select()
    .from(session)
    .where(and(eq(session.userId, me.user.id), gt(session.expiresAt, ctx.clock.now())))
    .orderBy(desc(session.createdAt), desc(session.id))
    .limit(100);
}

const deleteOtherSessions = route({
  method: "DELETE",
  path: "/user/sessions",
  operation: "sessions/delete-others",
  summary: "Sign out everywhere else",
  access: signedIn("user:write"),
  answer: nothing,
  status: 204,
  handle: async ({ ctx, me }) => endOtherSessions(ctx, me),
});

const deleteOneSession = route({
  method: "DELETE",
  path: "/user/sessions/{session_id}",
  operation: "sessions/delete",
  summary: "Sign one device out",
  access: signedIn("user:write"),
  answer: nothing,
  status: 204,
  handle: async ({ ctx, me, params }) => {
    if (!(await endSession(ctx, me, params.session_id))) throw notFound();
  },
});

export const sessionRoutes = [
  getSetup,
  runSetup,
  runSignUp,
  createSession,
  deleteSession,
  listSessions,
  deleteOtherSessions,
  deleteOneSession,
];
