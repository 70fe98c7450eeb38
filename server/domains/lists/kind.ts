/** A kind of thing that is listed, searched and narrowed by the one language: what it has, and what only it knows. */
import type { SQL } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { Context } from "../../kernel/context.ts";
import type { Repository } from "../repositories/index.ts";

export interface Columns {
  readonly id: PgColumn;
  readonly repoId: PgColumn;
  readonly number: PgColumn;
  readonly title: PgColumn;
  readonly body: PgColumn;
  readonly authorId: PgColumn;
  readonly assigneeId: PgColumn;
  readonly milestoneId: PgColumn;
  readonly lockedAt: PgColumn;
  readonly commentsCount: PgColumn;
  readonly createdAt: PgColumn;
  readonly updatedAt: PgColumn;
  readonly closedAt: PgColumn;
}

/** What a comment of the kind offers to a condition. */
export interface CommentColumns {
  readonly userId: PgColumn;
  readonly body: PgColumn;
}

/** Whoever asks, and where: in one repository, or (null) in all that they may see. */
export interface Asking {
  readonly ctx: Context;
  readonly repo: Pick<Repository, "id"> | null;
}

/** What the values of a filter mean together: either of them. */
export type Meaning = (values: readonly string[], asking: Asking) => SQL | Promise<SQL>;

export interface Kind {
  readonly name: "issue" | "pr";
  readonly columns: Columns;
  readonly states: { readonly open: SQL; readonly closed: SQL; readonly merged: SQL };
  readonly draft: SQL;
  /** Somebody was asked for a review and has not given it. */
  readonly awaited: SQL;
  /** True for those that carry a label for whose id `holds`, or any. */
  readonly labelled: (holds?: (labelId: PgColumn) => SQL) => SQL;
  /** True for those with a comment that the asker may see and for which the condition holds. */
  readonly commented: (ctx: Context, holds: (comment: CommentColumns) => SQL) => SQL;
  /** Filters that only this kind has, or has in its own way. */
  readonly meanings: Readonly<Record<string, Meaning>>;
}
