/** The words of a push: what it asks for, who decides, what became of it. */
import type { Readable, Writable } from "node:stream";
import type { Repository } from "../object-ids.ts";
import type { RefFailure } from "../ref-failures.ts";
import type { Verdict } from "./report.ts";
import type { RequestedChange } from "./request.ts";

/** One reference of a push that is well formed, complete and up to date; rights and rules are still to be asked. */
export interface PushCommand extends RequestedChange {
  readonly kind: "create" | "update" | "delete";
  /** An update that does not build on the old end (a rewritten branch, a moved tag). */
  readonly isForce: boolean;
  /** The commits that an update adds to its old end, newest first; null when they were not worked out. */
  readonly brought: readonly string[] | null;
}

export interface Push {
  readonly commands: readonly PushCommand[];
  /** `git push -o`: text from outside. */
  readonly options: readonly string[];
  readonly atomic: boolean;
  readonly agent: string | null;
  /** Lets git commands see the new objects, which are not in the repository yet. */
  readonly env: Readonly<Record<string, string>>;
}

/** All may pass, none may, or those named may not. The sentences reach the client. */
export type PushDecision =
  | "ok"
  | { readonly refused: string }
  | { readonly refusedRefs: ReadonlyMap<string, string> };

export interface PushOutcome extends PushCommand {
  /** Null when the reference moved. */
  readonly failure: RefFailure | null;
}

/**
 * What is said of a reference before a single object is accepted: that it may not be pushed, or that its name stands for a
 * reference of the product's own, which is at `old` now and is yet to be made when that is null.
 */
export type Admission =
  | { readonly refused: string }
  | { readonly standsFor: { readonly old: string | null } };

/** Thrown by `beforeRefs`: nothing moves, and the sentence is what the client is told. */
export class PushRefused extends Error {
  override readonly name = "PushRefused";
}

/**
 * Thrown by `onUpdated`: what the push did is taken back whole, together with the repository that it went to, and the sentence
 * is what the client is told. For a repository that nobody can see yet.
 */
export class PushUndone extends Error {
  override readonly name = "PushUndone";
}

export interface PushHandlers {
  /**
   * Called with what the client asks for, before it sends its objects. References that are not named go on; a name of
   * `isProposalRef` that is not admitted here is refused.
   */
  admit?(
    changes: readonly RequestedChange[],
    options: readonly string[],
  ): Promise<ReadonlyMap<string, Admission>>;
  /** Called when the objects have arrived and git checks them: the place to look up what `authorize` will ask. */
  anticipate?(): void;
  /** Decides by rights and rules. A throw refuses the push without telling why. */
  authorize(push: Push): Promise<PushDecision>;
  /**
   * Called with what will be tried, before anything is visible: the place to note the intent. A throw stops the push. Answers
   * the true names of the references that stand for others.
   */
  beforeRefs?(commands: readonly PushCommand[]): Promise<ReadonlyMap<string, string> | void>;
  /** Called once after `beforeRefs`, also when the references could not move, with what moved and what did not. The lines it answers reach the client. */
  onUpdated?(outcomes: readonly PushOutcome[]): Promise<readonly string[] | void>;
  /** Called last, whatever became of the push and of its client: nothing of it runs any more. */
  ended?(): Promise<void>;
}

export interface ReceiveLimits {
  /** Bytes of a pack; 2 GiB unless told. */
  readonly maxPackBytes: number;
  /** Bytes of one file; 1 GiB unless told. */
  readonly maxFileBytes: number;
  /** Objects of a pack; 20 million unless told. */
  readonly maxObjects: number;
  /** Milliseconds without a byte from the client; two minutes unless told. */
  readonly stall: number;
}

export interface ReceiveRequest {
  readonly repository: Repository;
  readonly input: Readable;
  readonly output: Writable;
  readonly handlers: PushHandlers;
  /** Who pushes, for the reflog. */
  readonly identity: { readonly name: string; readonly email: string };
  /** Ends the push when aborted, up to the moment its intent is noted. */
  readonly signal?: AbortSignal;
  readonly limits?: Partial<ReceiveLimits>;
}

export interface ReceiveResult {
  /** "ok", or why the objects were not accepted. */
  readonly unpack: string;
  readonly outcomes: readonly Verdict[];
  readonly agent: string | null;
  /** What a handler threw or git said, for the log; null when nothing went wrong on our side. */
  readonly error: unknown;
}
