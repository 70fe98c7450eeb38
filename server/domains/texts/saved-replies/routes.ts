/** Texts that a person keeps to write again. */
import { and, asc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { transact, type Context } from "../../../kernel/context.ts";
import { notFound, unprocessable } from "../../../kernel/errors.ts";
import { created, nothing, route, signedIn } from "../../../kernel/http/route.ts";
import { singleLine } from "../../accounts/index.ts";
import { savedReplies } from "../schema.ts";

const path = "/user/saved-replies";
const one = `${path}/{reply_id}` as const;
const mostReplies = 100;

const title = singleLine(100).refine((text) => text.length > 0, "A title has 1 to 100 characters");
const body = z
  .string()
  .max(65_536)
  .regex(/^[^\0]*$/, "This holds a character that cannot be stored")
  .refine((text) => text.trim() !== "", "A reply says something");

const shape = z
  .object({
    id: z.int(),
    title: z.string(),
    body: z.string(),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
  })
  .meta({ id: "SavedReply" });

const view = (row: typeof savedReplies.$inferSelect): z.input<typeof shape> => ({
  id: row.apiId,
  title: row.title,
  body: row.body,
  created_at: row.createdAt.toISOString(),
  updated_at: row.updatedAt.toISOString(),
});

function mine(userId: string, id: string) {
  if (!/^[1-9]\d{0,14}$/.test(id)) throw notFound();
  return and(eq(savedReplies.userId, userId), eq(savedReplies.apiId, Number(id)));
}

const list = route({
  method: "GET",
  path,
  operation: "saved-replies/list",
  summary: "List your saved replies by title, at most 100",
  access: signedIn("user:read"),
  answer: z.array(shape),
  handle: async ({ ctx, me }) => {
    const rows = await ctx.db
      .select()
      .from(savedReplies)
      .where(eq(savedReplies.userId, me.user.id))
      .orderBy(asc(sql`lower(${savedReplies.title})`))
      .limit(mostReplies);
    return rows.map(view);
  },
});

const create = route({
  method: "POST",
  path,
  operation: "saved-replies/create",
  summary: "Save a reply",
  access: signedIn("user:write"),
  body: z.object({ title, body }),
  answer: shape,
  status: 201,
  handle: async ({ ctx, me, body: input, url }) => {
    const shown = view(await save(ctx, me.user.id, input));
    return created(shown, `${url.href}/${shown.id}`);
  },
});

function save(ctx: Context, userId: string, input: { readonly title: string; readonly body: string }) {
  return transact(ctx, async (tx) => {
    // Two at once must not pass the limit together.
    await tx.db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`saved-replies ${userId}`}, 0))`);
    const there = await tx.db.$count(savedReplies, eq(savedReplies.userId, userId));
    if (there >= mostReplies) throw unprocessable(`You keep ${mostReplies} replies already`);
    const now = tx.clock.now();
    const [row] = await tx.db
      .insert(savedReplies)
      .values({ userId, ...input, createdAt: now, updatedAt: now })
      .returning();
    if (!row) throw new Error("the insert answered no row");
    return row;
  });
}

const update = route({
  method: "PATCH",
  path: one,
  operation: "saved-replies/update",
  summary: "Change a saved reply",
  access: signedIn("user:write"),
  body: z.object({ title: title.optional(), body: body.optional() }),
  answer: shape,
  handle: ({ ctx, me, params, body: input }) =>
    transact(ctx, async (tx) => {
      const [row] = await tx.db
        .update(savedReplies)
        .set({
          ...(input.title === undefined ? {} : { title: input.title }),
          ...(input.body === undefined ? {} : { body: input.body }),
          updatedAt: tx.clock.now(),
        })
        .where(mine(me.user.id, params.reply_id))
        .returning();
      if (!row) throw notFound();
      return view(row);
    }),
});

const remove = route({
  method: "DELETE",
  path: one,
  operation: "saved-replies/delete",
  summary: "Delete a saved reply",
  access: signedIn("user:write"),
  answer: nothing,
  status: 204,
  handle: ({ ctx, me, params }) =>
    transact(ctx, async (tx) => {
      const gone = await tx.db
        .delete(savedReplies)
        .where(mine(me.user.id, params.reply_id))
        .returning({ id: savedReplies.id });
      if (gone.length === 0) throw notFound();
    }),
});

export const savedReplyRoutes = [list, create, update, remove];
