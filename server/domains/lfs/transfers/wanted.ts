/** Which contents a run is about, found before anything is transferred: no git process waits for a slow server elsewhere. */
import type { LfsPointer } from "../../../git/blobs.ts";
import { pointersOf } from "../../../git/lfs-pointers.ts";
import type { Remote } from "../../../git/remotes/remote.ts";
import { RemoteFailure } from "../../../git/remotes/remote-failure.ts";
import { GitTimeout } from "../../../git/process.ts";
import { gitOf, type FreightLook, type RepoWith } from "../../repositories/index.ts";
import type { Context } from "../../../kernel/context.ts";
import { sizesOf } from "../queries.ts";
import type { Tally } from "./tally.ts";

const inOnePart = 500;
/** More are told as missing. */
const mostPointers = 500_000;

export interface Part {
  readonly pointers: readonly LfsPointer[];
  /** Sizes of those that the repository here holds, by id. */
  readonly held: ReadonlyMap<string, number>;
}

/** The pointers of a history, some hundred at a time. @throws RemoteFailure when it was cancelled */
export async function* wantedContents(
  ctx: Context,
  repo: RepoWith<"read">,
  remote: Remote,
  look: FreightLook,
  tally: Tally,
): AsyncGenerator<Part> {
  const pointers: LfsPointer[] = [];
  try {
    const history = { tips: look.tips, known: await look.known(), signal: remote.signal };
    for await (const some of pointersOf(gitOf(ctx, repo), history)) {
      pointers.push(...some);
      if (pointers.length > mostPointers) break;
    }
  } catch (error) {
    if (remote.signal.aborted) throw cancelled();
    if (!(error instanceof GitTimeout)) throw error;
    tally.lack("There was no time to look for all large files");
  }
  if (pointers.length > mostPointers) tally.lack(`There are more than ${mostPointers} large files`);
  tally.announce(pointers);
  for (let at = 0; at < pointers.length; at += inOnePart) {
    if (remote.signal.aborted) throw cancelled();
    const part = pointers.slice(at, at + inOnePart);
    const oids = part.map(({ oid }) => oid);
    yield { pointers: part, held: await sizesOf(ctx, repo, oids) };
  }
  if (remote.signal.aborted) throw cancelled();
}

const cancelled = () => new RemoteFailure("cancelled", "It was cancelled");
