/** What belongs to a repository and is not in git: a domain above keeps it, and has it go along with imports and mirrors. */
import type { Remote } from "../../../git/remotes/remote.ts";
import type { GitRepository } from "../../../git/store.ts";
import type { Context, TransactionContext } from "../../../kernel/context.ts";
import type { RepoWith } from "../access.ts";

export interface FreightLook {
  /** Ids of the branches and tags whose whole history counts. */
  readonly tips: readonly string[];
  /** Ids of what was looked at before, with all that it reaches; asked for only where it matters. */
  readonly known: () => Promise<readonly string[]>;
  /** Milliseconds for all of it; what is left over then is told as missing. */
  readonly deadline: number;
  readonly onProgress?: (overall: {
    readonly files: number;
    readonly bytes: number;
    readonly percent: number;
  }) => void;
}

export interface Carried {
  /** Large files that both sides have now. */
  readonly files: number;
  readonly bytes: number;
  /** Those that stay behind. */
  readonly missing: number;
  /** Why, in a sentence; null when none does. */
  readonly note: string | null;
}

/** `bring` and `send` do not fail for what the other side lacks or refuses: that is told. @throws RemoteFailure when it was cancelled */
export interface Freight {
  readonly bring: (
    ctx: Context,
    repo: RepoWith<"admin">,
    remote: Remote,
    look: FreightLook,
  ) => Promise<Carried>;
  /**
   * What a repository made of a template takes along: found before it is known to anybody, written with its row.
   *
   * @param tips ends of all that is in the new one
   */
  readonly inherit: (
    ctx: Context,
    template: RepoWith<"read">,
    git: GitRepository,
    tips: readonly string[],
  ) => Promise<(tx: TransactionContext, repo: RepoWith<"admin">) => Promise<void>>;
  readonly send: (
    ctx: Context,
    repo: RepoWith<"admin">,
    remote: Remote,
    look: FreightLook,
  ) => Promise<Carried>;
}

const nothing: Carried = { files: 0, bytes: 0, missing: 0, note: null };
let freight: Freight | null = null;

/** To be called once, when a domain is loaded. */
export function addFreight(one: Freight): void {
  freight = one;
}

export const bringFreight: Freight["bring"] = async (ctx, repo, remote, look) =>
  freight ? freight.bring(ctx, repo, remote, look) : nothing;

export const sendFreight: Freight["send"] = async (ctx, repo, remote, look) =>
  freight ? freight.send(ctx, repo, remote, look) : nothing;

export const inheritFreight: Freight["inherit"] = async (ctx, template, git, tips) =>
  freight ? freight.inherit(ctx, template, git, tips) : async () => undefined;
