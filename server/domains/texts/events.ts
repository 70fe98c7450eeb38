import { z } from "zod";
import { eventType } from "../../kernel/events.ts";

const text = { text_kind: z.string(), text_id: z.string() };

export const textReacted = eventType("text.reacted", z.object({ ...text, content: z.string() }));
export const textUnreacted = eventType("text.unreacted", z.object({ ...text, content: z.string() }));
/** What a text said before one of its changes was taken out of its history. */
export const textEditErased = eventType("text.edit-erased", z.object({ ...text, edit_id: z.string() }));
