import type { Revision } from "./queries.ts";

/** A revision in a few words, for a choice among them. */
export const revisionWords = (one: Pick<Revision, "number" | "head" | "kind" | "commits">): string =>
  `${one.number} · ${one.head.slice(0, 7)} · ${shortWords(one)}`;

function shortWords({ kind, commits }: Pick<Revision, "kind" | "commits">): string {
  if (kind === "added") return commits === 1 ? "1 commit more" : `${commits} commits more`;
  return kind;
}

/** What a revision is to the one before it, as a sentence without its subject. */
export function revisionStory(one: Pick<Revision, "kind" | "commits" | "same_change">): string {
  const count = one.commits === 1 ? "1 commit" : `${one.commits} commits`;
  const same = one.same_change === true ? ", the change is the same" : "";
  switch (one.kind) {
    case "opened":
      return `opened with ${count}`;
    case "added":
      return `pushed ${count}${same}`;
    case "rebased":
      return "rebased, the change is the same";
    case "rewritten":
      return `rewrote the branch${same}`;
  }
}
