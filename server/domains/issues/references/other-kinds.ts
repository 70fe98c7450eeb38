/**
 * What shares the number series of issues and is none of them. Domains above tell what stands behind such a number, so that
 * references to it have a title and references from it can be shown.
 */
import type { Context } from "../../../kernel/context.ts";
import type { Repository } from "../../repositories/index.ts";
import type { IssueView } from "../views.ts";
import type { Source } from "./sources.ts";

/** What names something: a text that stands somewhere, or a commit. */
export type Mention = Source | { readonly commit_id: string; readonly source_repo_id: string };

export interface OtherKind {
  /** Written into the history of the issue that is referred to; lasting. */
  readonly name: string;
  /** The page and title of these numbers; those of another kind are left out. */
  readonly titles: (
    ctx: Context,
    repo: Repository,
    numbers: readonly number[],
  ) => Promise<ReadonlyMap<number, { readonly href: string; readonly title: string }>>;
  /**
   * Tells those of these numbers that are of this kind that they are named, once for each thing that names them. The actor is who
   * did it, and what they may not comment on takes no note.
   */
  readonly note: (ctx: Context, repo: Repository, numbers: readonly number[], by: Mention) => Promise<void>;
  /** In the shape of issues, by row id. The repositories are readable by the actor. */
  readonly views: (
    ctx: Context,
    rows: readonly { readonly repo: Repository; readonly id: string }[],
  ) => Promise<ReadonlyMap<string, IssueView>>;
}

const kinds: OtherKind[] = [];

/** To be called once, when a domain is loaded. */
export function addOtherKind(kind: OtherKind): void {
  kinds.push(kind);
}

export const otherKinds = (): readonly OtherKind[] => kinds;
