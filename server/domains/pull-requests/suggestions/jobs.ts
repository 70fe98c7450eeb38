/** Finishes what a process that died between the ref and the rows left: the push's event says what was applied. */
import { transact } from "../../../kernel/context.ts";
import { subscription } from "../../../kernel/events.ts";
import { pushed } from "../../repositories/index.ts";
import { markApplied, suggestionReason } from "./apply.ts";

export const noteSuggestions = subscription("pull-requests.suggestions", [pushed], async (ctx, event) => {
  const { reason, detail, after } = pushed.payload.parse(event.payload);
  const { pull_request_id: pullId, comment_ids: ids } = detail;
  if (reason !== suggestionReason || typeof pullId !== "string" || !Array.isArray(ids)) return;
  const known = ids.filter((id) => typeof id === "string");
  await transact(ctx, (tx) => markApplied(tx, pullId, known, after, event.actorId));
});
