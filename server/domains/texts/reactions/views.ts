/** GitHub's `reaction` and `reaction-rollup`. */
import { z } from "zod";
import type { Context } from "../../../kernel/context.ts";
import { nodeId } from "../../../kernel/ids.ts";
import { nullableSimpleUser, simpleUserShape, usersById } from "../../accounts/index.ts";
import { contents, type Reacted, type Reaction } from "./queries.ts";

export const contentShape = z.enum(contents);

export const reactionShape = z
  .object({
    id: z.int(),
    node_id: z.string(),
    user: simpleUserShape.nullable(),
    content: contentShape,
    created_at: z.iso.datetime(),
  })
  .meta({ id: "Reaction" });

export async function reactionViews(
  ctx: Context,
  list: readonly Reaction[],
): Promise<z.input<typeof reactionShape>[]> {
  const people = await usersById(
    ctx,
    list.map((one) => one.userId),
  );
  return list.map((one) => ({
    id: one.apiId,
    node_id: nodeId("Reaction", one.id),
    user: nullableSimpleUser(ctx, people.get(one.userId)),
    content: contentShape.parse(one.content),
    created_at: one.createdAt.toISOString(),
  }));
}

export const reactionsShape = z
  .object({
    url: z.url(),
    total_count: z.int(),
    "+1": z.int(),
    "-1": z.int(),
    laugh: z.int(),
    confused: z.int(),
    heart: z.int(),
    hooray: z.int(),
    eyes: z.int(),
    rocket: z.int(),
    mine: z
      .partialRecord(contentShape, z.int())
      .describe("The reader's own: content to the reaction's id; not at GitHub"),
  })
  .meta({ id: "Reactions" });

/** The counts of one text. `url` is the text's own. */
export function reactionsView(url: string, given: Reacted | undefined): z.input<typeof reactionsShape> {
  const count = (content: string) => given?.counts.get(content) ?? 0;
  return {
    url: `${url}/reactions`,
    total_count: [...(given?.counts.values() ?? [])].reduce((sum, one) => sum + one, 0),
    "+1": count("+1"),
    "-1": count("-1"),
    laugh: count("laugh"),
    confused: count("confused"),
    heart: count("heart"),
    hooray: count("hooray"),
    eyes: count("eyes"),
    rocket: count("rocket"),
    mine: Object.fromEntries(given?.mine ?? []),
  };
}
