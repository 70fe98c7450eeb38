import { z } from "zod";
import type { Context } from "../../../kernel/context.ts";
import { notFound } from "../../../kernel/errors.ts";
import { nothing, route, type Route } from "../../../kernel/http/route.ts";
import { pagingQuery } from "../../../kernel/paging.ts";
import { nullableSimpleUser, simpleUserShape, usersById } from "../../accounts/index.ts";
import type { SeenText, TextDoor } from "../text.ts";
import { eraseEdit, mayErase } from "./commands.ts";
import { listEdits, type Edit } from "./queries.ts";

export const editShape = z
  .object({
    id: z.int(),
    editor: simpleUserShape.nullable(),
    edited_at: z.iso.datetime(),
    before: z.string().nullable().describe("What the text said before this change; null once erased"),
    can_erase: z.boolean().describe("Whether the reader may forget what it said"),
    erased_by: simpleUserShape.nullable(),
    erased_at: z.iso.datetime().nullable(),
  })
  .meta({ id: "TextEdit" });

async function editViews(
  ctx: Context,
  seen: SeenText,
  list: readonly Edit[],
): Promise<z.input<typeof editShape>[]> {
  const people = await usersById(
    ctx,
    list.flatMap((one) => [one.editorId, one.erasedById]),
  );
  return list.map((one) => ({
    id: one.apiId,
    editor: nullableSimpleUser(ctx, people.get(one.editorId ?? "")),
    edited_at: one.createdAt.toISOString(),
    before: one.body,
    can_erase: one.body !== null && mayErase(ctx.actor, seen) === true,
    erased_by: nullableSimpleUser(ctx, people.get(one.erasedById ?? "")),
    erased_at: one.erasedAt?.toISOString() ?? null,
  }));
}

/** What texts of one kind said before, and forgetting it. */
export function editRoutes({ path, noun, seen, spoken }: TextDoor): Route[] {
  const words = noun.replaceAll("-", " ");
  return [
    route({
      method: "GET",
      path: `${path}/edits`,
      operation: `edits/list-for-${noun}`,
      summary: `List the changes of a text, newest first: ${words}`,
      access: seen,
      query: z.object(pagingQuery),
      answer: z.array(editShape),
      handle: async ({ ctx, repo, text, query }) => {
        const page = await listEdits(ctx, text.id, query);
        return { ...page, items: await editViews(ctx, { repo, text }, page.items) };
      },
    }),
    route({
      method: "DELETE",
      path: `${path}/edits/{edit_id}`,
      operation: `edits/erase-for-${noun}`,
      summary: `Forget what a text said before a change: ${words}`,
      access: spoken,
      answer: nothing,
      status: 204,
      handle: ({ ctx, repo, text, params }) => eraseEdit(ctx, { repo, text }, idIn(params)),
    }),
  ];
}

function idIn(params: unknown): number {
  const id = (params as Readonly<Record<string, string>>)["edit_id"] ?? "";
  if (!/^[1-9]\d{0,14}$/.test(id)) throw notFound();
  return Number(id);
}
