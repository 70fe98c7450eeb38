import { z } from "zod";
import { notFound } from "../../../kernel/errors.ts";
import { created, nothing, route, type Route } from "../../../kernel/http/route.ts";
import { pagingQuery } from "../../../kernel/paging.ts";
import type { TextDoor } from "../text.ts";
import { react, unreact } from "./commands.ts";
import { listReactions } from "./queries.ts";
import { contentShape, reactionShape, reactionViews } from "./views.ts";

/** GitHub's three operations on the reactions to texts of one kind. */
export function reactionRoutes({ path, noun, seen, spoken }: TextDoor): Route[] {
  const words = noun.replaceAll("-", " ");
  return [
    route({
      method: "GET",
      path: `${path}/reactions`,
      operation: `reactions/list-for-${noun}`,
      summary: `List the reactions to a text: ${words}`,
      access: seen,
      query: z.object({ ...pagingQuery, content: contentShape.optional() }),
      answer: z.array(reactionShape),
      handle: async ({ ctx, text, query }) => {
        const page = await listReactions(ctx, text.id, query.content, query);
        return { ...page, items: await reactionViews(ctx, page.items) };
      },
    }),
    route({
      method: "POST",
      path: `${path}/reactions`,
      operation: `reactions/create-for-${noun}`,
      summary: `React to a text: ${words}; 200 when it was done before`,
      access: spoken,
      body: z.object({ content: contentShape }),
      answer: reactionShape,
      handle: async ({ ctx, repo, text, body, url }) => {
        const { reaction, isNew } = await react(ctx, { repo, text }, body.content);
        const [view] = await reactionViews(ctx, [reaction]);
        if (!view) throw notFound();
        return isNew ? created(view, `${url.href}/${view.id}`) : view;
      },
    }),
    route({
      method: "DELETE",
      path: `${path}/reactions/{reaction_id}`,
      // GitHub calls this one alone by another noun.
      operation: `reactions/delete-for-${noun.replace("-review-comment", "-comment")}`,
      summary: `Take your reaction to a text back: ${words}`,
      access: spoken,
      answer: nothing,
      status: 204,
      handle: ({ ctx, repo, text, params }) => unreact(ctx, { repo, text }, idIn(params)),
    }),
  ];
}

function idIn(params: unknown): number {
  const id = (params as Readonly<Record<string, string>>)["reaction_id"] ?? "";
  if (!/^[1-9]\d{0,14}$/.test(id)) throw notFound();
  return Number(id);
}
