import { z } from "zod";
import type { Edited } from "./queries.ts";

/** How often a text was changed, and when last; not at GitHub. */
export const editedShape = z
  .object({ count: z.int(), last_at: z.iso.datetime().nullable() })
  .meta({ id: "TextEdits" });

export const editedView = (edited: Edited | undefined): z.input<typeof editedShape> => ({
  count: edited?.count ?? 0,
  last_at: edited?.at.toISOString() ?? null,
});
