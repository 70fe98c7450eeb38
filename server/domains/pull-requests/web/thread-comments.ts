/**
 * What a page draws of the comments on lines. Hundreds of them stand on one page, and most of what GitHub's shape says of each
 * (addresses, ids, the whole hunk) is drawn nowhere.
 */
import { z } from "zod";
import { verdictShape } from "../../issues/index.ts";
import { reviewCommentShape, type ReviewCommentView } from "../comments/views.ts";

/** Lines of the diff that a conversation shows above itself. */
const tailLines = 5;

const briefShape = reviewCommentShape.pick({
  id: true,
  pull_request_review_id: true,
  body: true,
  body_html: true,
  line: true,
  original_line: true,
  suggestion: true,
  reactions: true,
  edits: true,
  created_at: true,
});

export const threadCommentShape = briefShape.extend({
  user: z.object({ login: z.string(), avatar_url: z.string() }).nullable(),
  lines: z.array(z.string()).nullable().describe("What a suggestion stands in the place of"),
  can: z.object({ edit: verdictShape, delete: verdictShape, apply: verdictShape }),
});

export function briefly(view: ReviewCommentView): Omit<z.input<typeof threadCommentShape>, "lines" | "can"> {
  const { id, pull_request_review_id, body, body_html: html, line, original_line: original, user } = view;
  const { suggestion, reactions, edits, created_at } = view;
  return {
    id,
    pull_request_review_id,
    body,
    ...(html === undefined ? {} : { body_html: html }),
    ...(line === undefined ? {} : { line }),
    ...(original === undefined ? {} : { original_line: original }),
    user: user && { login: user.login, avatar_url: user.avatar_url },
    suggestion,
    reactions,
    edits,
    created_at,
  };
}

/** The last lines of the hunk that a conversation is about, with their signs. */
export const tailOf = (hunk: string): string[] =>
  hunk
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("@@"))
    .slice(-tailLines);
