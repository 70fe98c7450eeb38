import { z } from "zod";
import { eventType } from "../../kernel/events.ts";

const fact = z.object({ comment_id: z.string(), commit_id: z.string() });

export const commitCommented = eventType("commit-comment.created", fact);
export const commitCommentEdited = eventType("commit-comment.edited", fact);
export const commitCommentDeleted = eventType("commit-comment.deleted", fact);
export const commitCommentRestored = eventType("commit-comment.restored", fact);
