/** What is known here of a text that belongs to another domain. */
import type { Context, TransactionContext } from "../../kernel/context.ts";
import type { Verdict } from "../../kernel/grants.ts";
import type { Access } from "../../kernel/http/route.ts";
import type { RepoWith } from "../repositories/index.ts";

export type TextKind =
  | "issue"
  | "issue_comment"
  | "pull_request"
  | "pull_request_comment"
  | "review_comment"
  | "review"
  | "commit_comment";

export interface Text {
  /** The id of its row. */
  readonly id: string;
  readonly kind: TextKind;
  readonly authorId: string;
  /** Whether the actor may speak where it stands. */
  readonly speak: Verdict;
  /** Locks its row against deletion until the transaction ends; false when it is gone. */
  readonly hold: (tx: TransactionContext) => Promise<boolean>;
}

export interface SeenText {
  readonly repo: RepoWith<"read">;
  readonly text: Text;
}

/** How texts of one kind are reached. */
export interface TextDoor {
  /** The text's own address, e.g. `/repos/{owner}/{repo}/issues/comments/{comment_id}`. */
  readonly path: string;
  /** How operations call the text, e.g. `issue-comment`. */
  readonly noun: string;
  /** For its readers. */
  readonly seen: Access<SeenText>;
  /** For those who do something there: signed in, with a credential that may write. */
  readonly spoken: Access<SeenText>;
}

/** Access to a text, by an access to what is granted with it. */
export function seenThrough<G extends { readonly repo: RepoWith<"read"> }>(
  access: Access<G>,
  textOf: (ctx: Context, granted: G) => Text,
): Access<SeenText> {
  return {
    name: access.name,
    resolve: async (ctx, params) => {
      const granted = await access.resolve(ctx, params);
      return { repo: granted.repo, text: textOf(ctx, granted) };
    },
  };
}
